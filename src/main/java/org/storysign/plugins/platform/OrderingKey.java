package org.storysign.plugins.platform;

import java.util.Optional;
import org.storysign.plugins.problem.ReadableText;

/** Events of one key and one sender are handled one at a time, in the order of their acceptance. One readable line. */
public record OrderingKey(String value) {

    /** Longest key, in characters. */
    public static final int LONGEST = 200;

    /** What a key looks like, for messages. */
    public static final String FORM = "one line of 1 to " + LONGEST + " readable characters";

    public OrderingKey {
        if (ReadableText.line(value, LONGEST).isEmpty()) {
            throw new IllegalArgumentException("an ordering key is " + FORM);
        }
    }

    public static Optional<OrderingKey> parse(String text) {
        return ReadableText.line(text, LONGEST).map(OrderingKey::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
