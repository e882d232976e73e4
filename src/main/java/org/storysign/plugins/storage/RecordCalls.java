package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.platform.WriteOutcome;

/** As {@link FunctionCalls}, for those who do not wait on a thread. */
@Singleton
final class RecordCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Pool pool;

    @Inject
    RecordCalls(Pool pool) {
        this.pool = pool;
    }

    /** The rows it answers. Fails as {@link DatabaseFaults} says, after ten seconds at the latest. */
    Uni<List<Row>> ask(String statement, Tuple arguments) {
        return pool.preparedQuery(statement)
                .execute(arguments)
                .<List<Row>>map(rows -> {
                    List<Row> found = new ArrayList<>(rows.size());
                    rows.forEach(found::add);
                    return found;
                })
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(DatabaseFaults::translate);
    }

    /** What a function answers that writes: its {@code outcome}, {@code new_revision} and {@code created}. */
    Uni<WriteOutcome> write(String function, Tuple arguments) {
        return ask("SELECT outcome, new_revision, created FROM " + function, arguments)
                .map(List::getFirst)
                .map(row -> DataFunctions.write(
                        row.getString("outcome"), row.getLong("new_revision"), row.getBoolean("created")));
    }
}
