package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.storysign.plugins.identity.TenantId;

/** Ends operations whose process is gone, and deletes finished ones once they were kept for a week. */
@Singleton
public final class FinishedOperationCleanup {

    static final Duration KEPT = Duration.ofDays(7);

    private final CleanupSteps steps;

    @Inject
    FinishedOperationCleanup(CleanupSteps steps) {
        this.steps = steps;
    }

    @Scheduled(every = "1m", delayed = "50s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return steps.forEachTenant(this::clean);
    }

    /** All of one tenant's. */
    Uni<Void> clean(TenantId tenant) {
        return steps.untilNothingIsLeft(
                "SELECT operation_purge($1, $2, $3)", Tuple.of(tenant.value(), KEPT.toMillis(), CleanupSteps.BATCH));
    }
}
