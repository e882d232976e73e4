package org.storysign.plugins.problem;

/** Text that came from a plugin, made harmless for messages and logs. */
public final class GuestText {

    private static final int LONGEST = 200;

    private GuestText() {}

    /** The text in backquotes, control characters and backquotes escaped, cut at 200 characters. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("`");
        int shown = Math.min(text.length(), LONGEST);
        for (int index = 0; index < shown; index++) {
            append(quoted, text.charAt(index));
        }
        return quoted.append(text.length() > LONGEST ? "…`" : "`").toString();
    }

    private static void append(StringBuilder quoted, char character) {
        int type = Character.getType(character);
        boolean harmless = character >= ' '
                && character != '`'
                && character != 0x7F
                && type != Character.FORMAT
                && type != Character.CONTROL
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
        if (harmless) {
            quoted.append(character);
        } else {
            quoted.append("\\u%04x".formatted((int) character));
        }
    }
}
