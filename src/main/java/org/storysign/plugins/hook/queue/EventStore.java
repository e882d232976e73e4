package org.storysign.plugins.hook.queue;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.TenantId;

/** Port: the queue as people see and change it. Fails with {@code ProblemException} {@code database-unavailable}. */
public interface EventStore {

    /** The newest first. */
    Uni<List<QueuedEvent>> list(TenantId tenant, EventFilter filter, int limit);

    Uni<Optional<QueuedEvent>> find(TenantId tenant, EventId id);

    /** JSON text of the event's call, {@code {}} when it is done. */
    Uni<Optional<String>> call(TenantId tenant, EventId id);

    /**
     * Queues dead letters again, those of the filter's hook and plugin or only this one, at most {@code most}, and records it if
     * there were any. Answers how many.
     */
    Uni<Integer> redrive(Letters letters, int most, AuditEntry audit);

    /** Deletes an event that is not in work, and records it. */
    Uni<Deletion> delete(EventId id, AuditEntry audit);

    Uni<QueueFigures> figures(TenantId tenant);

    /** Of all tenants together. */
    Uni<QueueFigures> figures();

    /** Which dead letters: one, or all of a hook and a plugin where these are said. */
    record Letters(Optional<EventId> id, Optional<String> hook, Optional<String> plugin) {}

    /** What became of a wish to delete. */
    enum Deletion {
        DELETED,
        MISSING,
        IN_WORK
    }
}
