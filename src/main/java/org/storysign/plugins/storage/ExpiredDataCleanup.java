package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogRevision;

/** Deletes plugins' data that have outlived their time, in small transactions. Nobody sees them any more; this gives back the space. */
@Singleton
public final class ExpiredDataCleanup {

    /** Keys deleted in one transaction, which holds the plugin's writes up meanwhile. */
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
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.preparedQuery("SELECT data_purge($1, $2)")
                        .execute(Tuple.of(tenant.value(), BATCH))
                        .map(rows -> rows.iterator().next().getInteger(0)))
                .whilst(deleted -> deleted > 0)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .transform(DatabaseFaults::translate);
    }
}
