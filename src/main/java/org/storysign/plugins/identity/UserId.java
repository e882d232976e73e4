package org.storysign.plugins.identity;

import java.util.Optional;

/** A user of the product, as the product names them: 1 to 200 characters, no control characters. */
public record UserId(String value) {

    public UserId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a user id has 1 to 200 characters and no control characters");
        }
    }

    /** The id, or empty when the text does not have its form. */
    public static Optional<UserId> parse(String text) {
        return isValid(text) ? Optional.of(new UserId(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return !text.isEmpty() && text.length() <= 200 && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return value;
    }
}
