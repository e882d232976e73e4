package org.storysign.plugins.plugin.source;

import java.util.Optional;
import java.util.UUID;

/** One operation: a random UUID. */
public record OperationId(UUID value) {

    public static OperationId random() {
        return new OperationId(UUID.randomUUID());
    }

    public static Optional<OperationId> parse(String text) {
        try {
            OperationId id = new OperationId(UUID.fromString(text));
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
