package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.AnalyticsLog;

/** Deletes plugins' data, notifications and events that have outlived their time. Nobody sees them any more; this gives back the space. */
@Singleton
public final class ExpiredDataCleanup {

    private final CleanupSteps steps;

    @Inject
    ExpiredDataCleanup(CleanupSteps steps) {
        this.steps = steps;
    }

    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return steps.forEachTenant(this::clean);
    }

    /** All of one tenant's. A transaction that deletes keys holds the plugin's writes up meanwhile. */
    Uni<Void> clean(TenantId tenant) {
        Tuple batch = Tuple.of(tenant.value(), CleanupSteps.BATCH);
        Tuple keptBatch = Tuple.of(tenant.value(), (int) AnalyticsLog.KEPT.toDays(), CleanupSteps.BATCH);
        return steps.untilNothingIsLeft("SELECT data_purge($1, $2)", batch)
                .chain(() -> steps.untilNothingIsLeft("SELECT notification_expire($1, $2)", batch))
                .chain(() -> steps.untilNothingIsLeft("SELECT analytics_expire($1, $2, $3)", keptBatch));
    }
}
