package org.storysign.plugins.platform.connect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Any text in a header or an address: UTF-8, all but letters, digits and {@code -._~} percent-encoded (RFC 3986, section 2). */
final class PercentText {

    private static final String UNRESERVED = "-._~";

    private PercentText() {}

    /** Fails with {@code data-invalid} for half a surrogate pair. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        ByteBuffer bytes = utf8(text);
        while (bytes.hasRemaining()) {
            char character = (char) (bytes.get() & 0xFF);
            if (isPlain(character)) {
                encoded.append(character);
            } else {
                encoded.append("%%%02X".formatted((int) character));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char character) {
        return (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || UNRESERVED.indexOf(character) >= 0;
    }

    private static ByteBuffer utf8(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    ProblemCode.DATA_INVALID, GuestText.quote(text) + " holds half a surrogate pair");
        }
    }
}
