package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls a function of the database for a guest: one statement, one round trip, one transaction, in which the function names the tenant.
 * Blocks its caller, a guest thread or a worker. When the time-out passes first, a change may still be made.
 */
@Singleton
final class FunctionCalls {

    private final Pool pool;

    @Inject
    FunctionCalls(Pool pool) {
        this.pool = pool;
    }

    /** The rows it answers. Fails as {@link DatabaseFaults} says. */
    List<Row> ask(String statement, Tuple arguments, Duration timeout) {
        try {
            RowSet<Row> rows =
                    pool.preparedQuery(statement).execute(arguments).await().atMost(timeout);
            List<Row> found = new ArrayList<>(rows.size());
            rows.forEach(found::add);
            return found;
        } catch (RuntimeException e) {
            throw DatabaseFaults.translate(e);
        }
    }
}
