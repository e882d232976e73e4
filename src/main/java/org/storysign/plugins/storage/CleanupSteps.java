package org.storysign.plugins.storage;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogRevision;

/** How clean-up jobs go about: one tenant after the other, in small transactions. What one replica has deleted the other does not find. */
@Singleton
final class CleanupSteps {

    /** Rows deleted in one transaction. */
    static final int BATCH = 500;

    private final Pool pool;
    private final PostgresChangeFeed tenants;

    @Inject
    CleanupSteps(Pool pool, PostgresChangeFeed tenants) {
        this.pool = pool;
        this.tenants = tenants;
    }

    Uni<Void> forEachTenant(Function<TenantId, Uni<? extends Void>> clean) {
        return tenants.revisions()
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .map(CatalogRevision::tenant)
                .onItem()
                .transformToUniAndConcatenate(clean)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Asks the database's function, which answers how many rows it deleted, until it answers 0. */
    Uni<Void> untilNothingIsLeft(String query, Tuple arguments) {
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.preparedQuery(query)
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
