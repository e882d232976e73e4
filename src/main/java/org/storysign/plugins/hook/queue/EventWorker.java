package org.storysign.plugins.hook.queue;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.ToLongFunction;
import org.storysign.plugins.hook.HookCall;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemException;

/**
 * Takes events as long as there is room and has them handled. {@link #turn} belongs to one thread; events are handled on the
 * executor's.
 */
final class EventWorker {

    private static final System.Logger LOG = System.getLogger(EventWorker.class.getName());

    private final String name;
    private final EventQueue queue;
    private final QueueSettings settings;
    private final EventHandling handling;
    private final Surroundings surroundings;
    private final Semaphore room;
    private int turns;

    /**
     * What a worker stands in.
     *
     * @param revision of the catalogue this process serves a tenant from
     * @param freed called when an event was settled
     */
    record Surroundings(
            Clock clock, Executor executor, ToLongFunction<TenantId> revision, EventWatcher watcher, Runnable freed) {}

    EventWorker(
            String name, EventQueue queue, QueueSettings settings, EventHandling handling, Surroundings surroundings) {
        this.name = name;
        this.queue = queue;
        this.settings = settings;
        this.handling = handling;
        this.surroundings = surroundings;
        this.room = new Semaphore(settings.parallel());
    }

    /** Takes what is due, of every tenant its share, as far as there is room, and begins with it. Answers how many were taken. */
    int turn() {
        int free = room.availablePermits();
        if (free == 0) {
            return 0;
        }
        List<TenantId> tenants = inTurn(queue.tenants());
        int share = Math.max(1, free / Math.max(1, tenants.size()));
        int taken = 0;
        for (TenantId tenant : tenants) {
            int most = Math.min(share, free - taken);
            if (most > 0) {
                taken += take(tenant, most);
            }
        }
        return taken;
    }

    /** How many events are being handled. */
    int busy() {
        return settings.parallel() - room.availablePermits();
    }

    private int take(TenantId tenant, int most) {
        Instant asked = surroundings.clock().instant();
        List<TakenEvent> events = queue.take(
                tenant,
                new EventQueue.Terms(
                        name,
                        surroundings.revision().applyAsLong(tenant),
                        most,
                        settings.lease(),
                        settings.attempts()));
        for (TakenEvent event : events) {
            room.acquireUninterruptibly();
            surroundings.executor().execute(() -> work(event, asked.plus(settings.lease())));
        }
        return events.size();
    }

    /** Another tenant is first each time, so that none has to wait for ever when there is little room. */
    private List<TenantId> inTurn(List<TenantId> tenants) {
        List<TenantId> rotated = new ArrayList<>(tenants);
        Collections.rotate(rotated, -(turns++ & Integer.MAX_VALUE) % Math.max(1, rotated.size()));
        return rotated;
    }

    private void work(TakenEvent event, Instant leaseEnds) {
        try {
            Instant latest = leaseEnds.minus(HookCall.LONGEST);
            if (surroundings.clock().instant().isAfter(latest)) {
                // It could still be at work when somebody else takes the event.
                return;
            }
            settle(event, handling.handle(event));
        } finally {
            room.release();
            surroundings.freed().run();
        }
    }

    private void settle(TakenEvent event, Verdict verdict) {
        try {
            if (queue.settle(event, verdict)) {
                surroundings.watcher().settled(verdict);
            } else {
                LOG.log(System.Logger.Level.WARNING, "event was taken by another worker event=" + event.id());
            }
        } catch (ProblemException unavailable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "event is handled again when its lease ends event=" + event.id(),
                    unavailable);
        }
    }
}
