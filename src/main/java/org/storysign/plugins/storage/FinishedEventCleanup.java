package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.hook.queue.QueueConfig;
import org.storysign.plugins.identity.TenantId;

/** Deletes events that are done, and dead letters nobody cared for, once they were kept long enough. */
@Singleton
public final class FinishedEventCleanup {

    private final CleanupSteps steps;
    private final QueueConfig config;

    @Inject
    FinishedEventCleanup(CleanupSteps steps, QueueConfig config) {
        this.steps = steps;
        this.config = config;
    }

    @Scheduled(every = "1m", delayed = "40s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return steps.forEachTenant(this::clean);
    }

    /** All of one tenant's. */
    Uni<Void> clean(TenantId tenant) {
        return steps.untilNothingIsLeft(
                "SELECT event_purge($1, $2, $3, $4)",
                Tuple.of(
                        tenant.value(),
                        config.keepDone().toMillis(),
                        config.keepDead().toMillis(),
                        CleanupSteps.BATCH));
    }
}
