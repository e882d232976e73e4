package org.storysign.plugins.identity;

/** A user of the product, as the product names them: 1 to 200 characters, no control characters. */
public record UserId(String value) {

    public UserId {
        if (value.isEmpty() || value.length() > 200 || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user id has 1 to 200 characters and no control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
