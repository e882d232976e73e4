package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.plugin.CatalogRevision;

/** Deletes plugins' data, notifications and events that have outlived their time, in small transactions. Nobody sees them any more; this gives back the space. */
@Singleton
public final class ExpiredDataCleanup {

    /** Rows deleted in one transaction; of keys, it holds the plugin's writes up meanwhile. */
    private static final int BATCH = 500;

    private final Pool pool;
    private final PostgresChangeFeed tenants;

    @Inject
    ExpiredDataCleanup(Pool pool, PostgresChangeFeed tenants) {
        this.pool = pool;
        this.tenants = tenants;
    }

    /** Every replica does it; what one has deleted the other does not find. */
    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return tenants.revisions()
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .map(CatalogRevision::tenant)
                .onItem()
                .transformToUniAndConcatenate(this::clean)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** All of one tenant's. */
    Uni<Void> clean(TenantId tenant) {
        return repeated("SELECT data_purge($1, $2)", Tuple.of(tenant.value(), BATCH))
                .chain(() -> repeated("SELECT notification_expire($1, $2)", Tuple.of(tenant.value(), BATCH)))
                .chain(() -> repeated(
                        "SELECT analytics_expire($1, $2, $3)",
                        Tuple.of(tenant.value(), (int) AnalyticsLog.KEPT.toDays(), BATCH)));
    }

    /** Until there is nothing left to delete. */
    private Uni<Void> repeated(String step, Tuple arguments) {
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.preparedQuery(step)
                        .execute(arguments)
                        .map(rows -> rows.iterator().next().getInteger(0)))
                .whilst(deleted -> deleted > 0)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .transform(DatabaseFaults::translate);
    }
}
