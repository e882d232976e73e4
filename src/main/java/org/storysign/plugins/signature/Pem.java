package org.storysign.plugins.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Keys as text. Source: RFC 7468. */
final class Pem {

    static final String PUBLIC = "PUBLIC KEY";
    static final String PRIVATE = "PRIVATE KEY";

    /** Far longer than any key that is taken. */
    private static final int LONGEST = 4_096;

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String write(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** The one block of this label that the text is; empty when it is anything else. */
    static Optional<byte[]> read(String label, String text) {
        String stripped = text.strip();
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        if (text.length() > LONGEST
                || !stripped.startsWith(begin)
                || !stripped.endsWith(end)
                || stripped.length() < begin.length() + end.length()) {
            return Optional.empty();
        }
        String body = stripped.substring(begin.length(), stripped.length() - end.length())
                .replaceAll("[ \\t\\r\\n]", "");
        try {
            return Optional.of(Base64.getDecoder().decode(body.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
