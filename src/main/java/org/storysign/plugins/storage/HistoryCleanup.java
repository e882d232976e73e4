package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.history.HistoryConfig;

/** Deletes what of plugins' history was kept long enough, or is more than is kept of one plugin. */
@Singleton
public final class HistoryCleanup {

    private final CleanupSteps steps;
    private final HistoryConfig config;

    @Inject
    HistoryCleanup(CleanupSteps steps, HistoryConfig config) {
        this.steps = steps;
        this.config = config;
    }

    @Scheduled(every = "10m", delayed = "70s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return steps.forEachTenant(this::clean);
    }

    /** All of one tenant's. */
    Uni<Void> clean(TenantId tenant) {
        return steps.untilNothingIsLeft(
                "SELECT history_purge($1, $2, $3, $4, $5, $6)",
                Tuple.tuple()
                        .addString(tenant.value())
                        .addLong(config.keep().toMillis())
                        .addLong(config.keepUsage().toMillis())
                        .addInteger(config.mostCalls())
                        .addInteger(config.mostLines())
                        .addInteger(CleanupSteps.BATCH));
    }
}
