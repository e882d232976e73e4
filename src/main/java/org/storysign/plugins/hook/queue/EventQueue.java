package org.storysign.plugins.hook.queue;

import java.time.Duration;
import java.util.List;
import org.storysign.plugins.identity.TenantId;

/** Port: the queue as workers see it. Blocking; fails with {@code ProblemException} {@code database-unavailable}. */
public interface EventQueue {

    /** The tenants that may have something due, in a fixed order. */
    List<TenantId> tenants();

    /**
     * Leases what is due, the longest due before the others; the answer is in no order. Of each ordering key only the first event that is neither done nor dead can be
     * taken, and nothing that was accepted under a newer catalogue than the asker's. An event whose lease has ended is due; after
     * {@code mostAttempts} leases that nobody settled it becomes a dead letter instead.
     */
    List<TakenEvent> take(TenantId tenant, Terms terms);

    /** Ends a lease. False, and nothing happens, when somebody else has taken the event meanwhile or it is gone. */
    boolean settle(TakenEvent event, Verdict verdict);

    /** Calls {@code hint} soon after events were accepted, on any thread. Hints may be lost. */
    void listen(Runnable hint);

    /**
     * On what terms events are taken.
     *
     * @param worker who takes them, for people to see
     * @param catalogueRevision of the tenant, as this process serves it
     */
    record Terms(String worker, long catalogueRevision, int most, Duration lease, int mostAttempts) {}
}
