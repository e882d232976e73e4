package org.storysign.plugins.platform;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The name of a stored value: 1 to 512 bytes of UTF-8, no control characters, no half of a surrogate pair. */
public record DataKey(String value) {

    /** Largest key, in bytes of UTF-8. */
    public static final int LARGEST = KeyValueStore.LARGEST_KEY;

    public DataKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + LARGEST + " bytes of UTF-8 and no control characters");
        }
    }

    public static Optional<DataKey> parse(String text) {
        return isValid(text) ? Optional.of(new DataKey(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= LARGEST
                && text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.getBytes(StandardCharsets.UTF_8).length <= LARGEST;
    }

    @Override
    public String toString() {
        return value;
    }
}
