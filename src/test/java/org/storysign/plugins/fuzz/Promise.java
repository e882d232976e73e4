package org.storysign.plugins.fuzz;

import org.storysign.plugins.problem.ProblemException;

/** What every refusal keeps: a 4xx code, and words that name no class. */
final class Promise {

    private Promise() {}

    static void requireKept(ProblemException refused) {
        int status = refused.code().status();
        if (status < 400 || status > 499) {
            throw new AssertionError(refused.code().code() + " has the status " + status, refused);
        }
        requireCleanText(refused.detail());
    }

    static void requireCleanText(String text) {
        if (text.contains("java.") || text.contains("dylibso") || text.contains("Exception")) {
            throw new AssertionError("names a class: " + text);
        }
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.CONTROL)) {
            throw new AssertionError("has a control character: " + text);
        }
    }
}
