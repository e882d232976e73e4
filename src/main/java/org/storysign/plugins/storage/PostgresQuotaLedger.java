package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.storysign.plugins.platform.QuotaKey;
import org.storysign.plugins.platform.QuotaLedger;

/** Daily quotas in PostgreSQL: one statement, one transaction for each portion that a process takes. */
@Singleton
public final class PostgresQuotaLedger implements QuotaLedger {

    private final Pool pool;

    @Inject
    PostgresQuotaLedger(Pool pool) {
        this.pool = pool;
    }

    @Override
    public long take(QuotaKey key, long wanted, long limit, Duration timeout) {
        Tuple arguments = Tuple.tuple()
                .addString(key.tenant().value())
                .addString(key.plugin().value())
                .addString(key.service().publicName())
                .addLocalDate(key.day())
                .addLong(wanted)
                .addLong(limit);
        try {
            return pool.preparedQuery("SELECT quota_take($1, $2, $3, $4, $5, $6)")
                    .execute(arguments)
                    .await()
                    .atMost(timeout)
                    .iterator()
                    .next()
                    .getLong(0);
        } catch (RuntimeException e) {
            throw DatabaseFaults.translate(e);
        }
    }
}
