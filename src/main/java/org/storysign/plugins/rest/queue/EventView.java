package org.storysign.plugins.rest.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.queue.QueuedEvent;

/**
 * A hook that is handled later.
 *
 * @param eventId the same each time handlers are told of it
 * @param pluginId who emitted it; null for the product
 * @param depth how many emitted hooks led to it, itself included; 0 when the product sent it
 * @param state queued, working, done or dead
 * @param attempts how often it was taken up
 * @param dueAt while it is queued, when it is due
 * @param worker while it is in work, which process has it
 * @param problem why it failed the last time, if it did
 */
public record EventView(
        String eventId,
        String hook,
        @Nullable String pluginId,
        @Nullable String orderingKey,
        int depth,
        String state,
        int attempts,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant finishedAt,
        @Nullable String worker,
        @Nullable EventFailureView problem) {

    /** Why it failed. */
    public record EventFailureView(String code, String detail) {}

    static EventView of(QueuedEvent event) {
        return new EventView(
                event.id().toString(),
                event.hook(),
                event.plugin().orElse(null),
                event.key().orElse(null),
                event.depth(),
                event.state().publicName(),
                event.attempts(),
                event.createdAt(),
                event.dueAt().orElse(null),
                event.finishedAt().orElse(null),
                event.worker().orElse(null),
                event.problem()
                        .map(failure -> new EventFailureView(failure.code(), failure.detail()))
                        .orElse(null));
    }
}
