package org.storysign.plugins.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where something sealed belongs: what kind of thing, whose, which. It is authenticated with the sealed text, so that what was sealed for
 * one place does not open at another.
 */
public record SecretPlace(List<String> parts) {

    public SecretPlace {
        parts = List.copyOf(parts);
    }

    public static SecretPlace of(String kind, String... parts) {
        return new SecretPlace(
                Stream.concat(Stream.of(kind), Arrays.stream(parts)).toList());
    }

    /** Each part after its length in bytes: no two places have the same bytes. */
    byte[] bytes() {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(part.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(part)
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
