package org.storysign.plugins.manifest;

import com.networknt.schema.regex.RegularExpression;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of an author, matched in at most {@value #MOST_STEPS} looks at characters. What needs more does not match: a pattern that
 * goes back and forth for ever refuses the value instead of holding a thread.
 */
final class BoundedPattern implements RegularExpression {

    static final int LONGEST = 500;
    static final int MOST_STEPS = 200_000;

    private final Pattern pattern;

    BoundedPattern(String text) {
        this.pattern = Pattern.compile(text);
    }

    /** Why a text is not a pattern; empty when it is one. */
    static Optional<String> problem(String text) {
        if (text.length() > LONGEST) {
            return Optional.of("is a pattern of " + text.length() + " characters, expected at most " + LONGEST);
        }
        try {
            Pattern.compile(text);
            return Optional.empty();
        } catch (PatternSyntaxException | StackOverflowError e) {
            return Optional.of("is not a regular expression");
        }
    }

    /** Whether the pattern is found somewhere in the text, as JSON Schema has it. */
    @Override
    public boolean matches(String text) {
        try {
            return pattern.matcher(new Counted(text, new int[] {MOST_STEPS})).find();
        } catch (OutOfSteps | StackOverflowError e) {
            return false;
        }
    }

    /** A text that counts how often it is looked at; parts of it count together. */
    private record Counted(CharSequence text, int[] left) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new OutOfSteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** Leaves the matcher. */
    private static final class OutOfSteps extends RuntimeException {
        OutOfSteps() {
            super(null, null, false, false);
        }
    }
}
