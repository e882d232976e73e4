package org.storysign.plugins.platform;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** The one way into the queue, for guests and for the product. Safe for concurrent use. */
public final class EventIntake {

    private final EventOutbox outbox;
    private final EventLimits limits;

    public EventIntake(EventOutbox outbox, EventLimits limits) {
        this.outbox = outbox;
        this.limits = limits;
    }

    /**
     * Accepts the event for good and answers its id. Blocking. Fails with {@code event-too-large}, {@code emit-depth-exceeded},
     * {@code queue-full} or {@code database-unavailable}; nothing was accepted then, but for the last, of which that is not known.
     */
    public EventId accept(NewEvent event, Duration timeout) {
        requireSize(event);
        requireDepth(event);
        return switch (outbox.put(event, limits, timeout)) {
            case ACCEPTED -> event.id();
            case PLUGIN_FULL ->
                throw full(limits.ofPlugin(), "events of the plugin wait, are in work or are dead letters");
            case TENANT_FULL -> throw full(limits.ofTenant(), "events of the tenant wait or are in work");
        };
    }

    private void requireSize(NewEvent event) {
        MemorySize found = new MemorySize(event.call().getBytes(StandardCharsets.UTF_8).length);
        if (found.compareTo(limits.largest()) > 0) {
            throw new ProblemException(
                    ProblemCode.EVENT_TOO_LARGE,
                    "the event has " + found + " of JSON, expected at most " + limits.largest(),
                    Map.of(
                            FactKey.FOUND,
                            found.bytes(),
                            FactKey.LIMIT,
                            limits.largest().bytes()));
        }
    }

    private void requireDepth(NewEvent event) {
        if (event.depth() > limits.deepest()) {
            throw new ProblemException(
                    ProblemCode.EMIT_DEPTH_EXCEEDED,
                    "the hook would be number " + event.depth()
                            + " of a chain of hooks that emitted one another, expected at most " + limits.deepest(),
                    Map.of(FactKey.FOUND, event.depth(), FactKey.LIMIT, limits.deepest()));
        }
    }

    private static ProblemException full(int limit, String what) {
        return new ProblemException(ProblemCode.QUEUE_FULL, limit + " " + what, Map.of(FactKey.LIMIT, limit));
    }
}
