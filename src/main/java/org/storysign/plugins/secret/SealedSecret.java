package org.storysign.plugins.secret;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something sealed.
 *
 * @param key the id of the key it was sealed with
 * @param sealed 12 bytes of nonce, then ciphertext and tag
 */
public record SealedSecret(String key, byte[] sealed) {

    private static final Pattern TEXT = Pattern.compile("v1\\.(" + SecretKeys.ID + ")\\.([A-Za-z0-9_-]{38,})");

    /** The text that is kept: {@code v1.<key>.<base64url>}. */
    public String text() {
        return "v1." + key + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** What {@link #text} wrote; empty for anything else. */
    public static Optional<SealedSecret> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new SealedSecret(matcher.group(1), Base64.getUrlDecoder().decode(matcher.group(2))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedSecret same && text().equals(same.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return "secret sealed with key " + key;
    }
}
