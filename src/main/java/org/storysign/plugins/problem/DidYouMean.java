package org.storysign.plugins.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class DidYouMean {

    private static final int FARTHEST = 2;
    private static final int LONGEST = 64;

    private DidYouMean() {}

    /** {@code , did you mean `x`?} or nothing. */
    public static String hint(String found, Collection<String> known) {
        return closest(found, known)
                .map(name -> ", did you mean `" + name + "`?")
                .orElse("");
    }

    static Optional<String> closest(String found, Collection<String> known) {
        if (found.length() > LONGEST) {
            return Optional.empty();
        }
        String text = found.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> distance(text, name) <= Math.min(FARTHEST, name.length() / 2))
                .min(Comparator.comparingInt((String name) -> distance(text, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
