package org.storysign.plugins.identity;

import java.util.Optional;
import java.util.UUID;

/** One queued event: a random UUID that stays the same however often the event is handed to handlers. */
public record EventId(UUID value) {

    public static EventId random() {
        return new EventId(UUID.randomUUID());
    }

    public static Optional<EventId> parse(String text) {
        try {
            EventId id = new EventId(UUID.fromString(text));
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
