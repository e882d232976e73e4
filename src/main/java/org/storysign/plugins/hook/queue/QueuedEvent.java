package org.storysign.plugins.hook.queue;

import java.time.Instant;
import java.util.Optional;
import org.storysign.plugins.identity.EventId;

/**
 * An event as people see it.
 *
 * @param sequence grows with every acceptance and redrive
 * @param plugin who emitted it; empty for the product
 * @param attempts how often it was taken
 * @param dueAt while it is queued, when it is due
 * @param worker while it is in work, who has it
 * @param problem why it failed the last time, if it did
 */
public record QueuedEvent(
        EventId id,
        long sequence,
        String hook,
        Optional<String> plugin,
        Optional<String> user,
        Optional<String> key,
        int depth,
        EventState state,
        int attempts,
        Instant createdAt,
        Optional<Instant> dueAt,
        Optional<Instant> finishedAt,
        Optional<String> worker,
        Optional<Failure> problem) {

    /** Why it failed. */
    public record Failure(String code, String detail) {}
}
