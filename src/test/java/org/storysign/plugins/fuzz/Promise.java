package org.storysign.plugins.fuzz;

import java.util.regex.Pattern;
import org.storysign.plugins.problem.ProblemException;

/** What every refusal keeps: a 4xx code, and words that name no class. */
final class Promise {

    private static final Pattern QUOTED = Pattern.compile("`[^`]*`");

    private Promise() {}

    static void requireKept(ProblemException refused) {
        int status = refused.code().status();
        if (status < 400 || status > 499) {
            throw new AssertionError(refused.code().code() + " has the status " + status, refused);
        }
        requireOurWords(refused.detail());
    }

    /** Outside of backquotes, between which a guest's own text stands, it names no class. */
    static void requireOurWords(String text) {
        String ours = QUOTED.matcher(text).replaceAll("");
        if (ours.contains("java.") || ours.contains("dylibso") || ours.contains("Exception")) {
            throw new AssertionError("names a class: " + text);
        }
        requireHarmlessText(text);
    }

    static void requireHarmlessText(String text) {
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.CONTROL)) {
            throw new AssertionError("has a control character: " + text);
        }
    }
}
