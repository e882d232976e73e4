package org.storysign.plugins.rest.queue;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.hook.queue.EventStore;
import org.storysign.plugins.hook.queue.QueuedEvent;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** What people do to the queue; each is in the audit trail. */
@ApplicationScoped
class QueueChange {

    /** Dead letters brought back by one request. */
    static final int MOST = 1_000;

    private final EventStore store;

    @Inject
    QueueChange(EventStore store) {
        this.store = store;
    }

    /** Fails with {@code event-not-found}, or {@code event-state-conflict} when it is no dead letter. */
    Uni<QueuedEvent> redrive(EventId id, Actor actor) {
        EventStore.Letters letter = new EventStore.Letters(Optional.of(id), Optional.empty(), Optional.empty());
        AuditEntry audit = new AuditEntry(actor, AuditAction.EVENT_REDRIVE, "event:" + id, Map.of());
        return store.redrive(letter, 1, audit)
                .chain(count -> store.find(actor.tenant(), id).map(found -> {
                    QueuedEvent event = found.orElseThrow(() -> notFound(id.toString()));
                    if (count == 0) {
                        throw conflict(id, event.state().publicName(), "dead");
                    }
                    return event;
                }));
    }

    /** The oldest dead letters first; how many. */
    Uni<Integer> redrive(EventStore.Letters letters, Actor actor) {
        Map<String, Object> facts = new HashMap<>();
        letters.hook().ifPresent(hook -> facts.put("hook", hook));
        letters.plugin().ifPresent(plugin -> facts.put("plugin", plugin));
        return store.redrive(letters, MOST, new AuditEntry(actor, AuditAction.EVENT_REDRIVE, "queue", facts));
    }

    /** Fails with {@code event-not-found}, or {@code event-state-conflict} while it is in work. */
    Uni<Void> delete(EventId id, Actor actor) {
        AuditEntry audit = new AuditEntry(actor, AuditAction.EVENT_DELETE, "event:" + id, Map.of());
        return store.delete(id, audit).map(deletion -> switch (deletion) {
            case DELETED -> null;
            case MISSING -> throw notFound(id.toString());
            case IN_WORK -> throw conflict(id, "working", "any other");
        });
    }

    static ProblemException notFound(String id) {
        return new ProblemException(
                ProblemCode.EVENT_NOT_FOUND,
                "There is no event " + GuestText.quote(id)
                        + ", or it is gone: those that are done are kept for a while.");
    }

    private static ProblemException conflict(EventId id, String found, String expected) {
        return new ProblemException(
                ProblemCode.EVENT_STATE_CONFLICT,
                "The event `" + id + "` is " + found + ", expected " + expected + ".");
    }
}
