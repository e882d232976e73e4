package org.storysign.plugins.problem;

import java.text.Normalizer;
import java.util.Optional;

/**
 * Text of other people that is shown to people: normalised (NFC), without control, format, private or unassigned characters, so that
 * nothing in it can turn round, hide or look like what it is not.
 */
public final class ReadableText {

    private ReadableText() {}

    /** One line of 1 to {@code longest} characters without white space at its ends. */
    public static Optional<String> line(String text, int longest) {
        boolean good = !text.isEmpty()
                && text.length() <= longest
                && text.strip().equals(text)
                && text.codePoints().allMatch(ReadableText::isReadable)
                && Normalizer.isNormalized(text, Normalizer.Form.NFC);
        return good ? Optional.of(text) : Optional.empty();
    }

    /** As {@link #line}, but it may have line breaks. */
    public static Optional<String> paragraph(String text, int longest) {
        return line(text.replace('\n', '.'), longest).map(checked -> text);
    }

    private static boolean isReadable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
