package org.storysign.plugins.identity;

import java.util.UUID;

/** One call of one handler: a random UUID that logs, problems and history share. */
public record InvocationId(UUID value) {

    public static InvocationId random() {
        return new InvocationId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
