package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.hook.queue.QueueConfig;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogRevision;

/** Deletes events that are done, and dead letters nobody cared for, once they were kept long enough; in small transactions. */
@Singleton
public final class FinishedEventCleanup {

    private static final int BATCH = 500;

    private final Pool pool;
    private final PostgresChangeFeed tenants;
    private final QueueConfig config;

    @Inject
    FinishedEventCleanup(Pool pool, PostgresChangeFeed tenants, QueueConfig config) {
        this.pool = pool;
        this.tenants = tenants;
        this.config = config;
    }

    /** Every replica does it; what one has deleted the other does not find. */
    @Scheduled(every = "1m", delayed = "40s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
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
        Tuple arguments = Tuple.of(
                tenant.value(), config.keepDone().toMillis(), config.keepDead().toMillis(), BATCH);
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.preparedQuery("SELECT event_purge($1, $2, $3, $4)")
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
