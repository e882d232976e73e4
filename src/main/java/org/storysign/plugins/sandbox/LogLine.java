package org.storysign.plugins.sandbox;

/** A line the guest logged: level, and text with control characters escaped. */
public record LogLine(Level level, String text) {

    /** Extism's levels, in its order. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** A line of guest text: whatever could forge a line or steer a terminal becomes an escape such as {@code \n}. */
    public static LogLine of(Level level, String guestText) {
        StringBuilder safe = new StringBuilder(guestText.length());
        guestText.codePoints().forEach(character -> append(safe, character));
        return new LogLine(level, safe.toString());
    }

    private static void append(StringBuilder safe, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> safe.append(escape(character));
            default -> safe.appendCodePoint(character);
        }
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u{%x}".formatted(character);
        };
    }
}
