package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.security.RepeatedRequests;

/** Requests with an {@code Idempotency-Key} in PostgreSQL: each step is one statement and one transaction. */
@Singleton
public final class PostgresRepeatedRequests implements RepeatedRequests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Pool pool;
    private final CleanupSteps steps;

    @Inject
    PostgresRepeatedRequests(Pool pool, CleanupSteps steps) {
        this.pool = pool;
        this.steps = steps;
    }

    @Override
    public Uni<Known> begin(Id id, String fingerprint, UUID attempt) {
        return ask(
                        "SELECT outcome, answer FROM request_begin($1, $2, $3, $4, $5, $6, $7)",
                        of(id).addString(fingerprint)
                                .addUUID(attempt)
                                .addLong(LONGEST.toMillis())
                                .addLong(KEPT.toMillis()))
                .map(row -> switch (row.getString("outcome")) {
                    case "begun" -> new Known.Nothing();
                    case "running" -> new Known.Running();
                    case "another" -> new Known.AnotherRequest();
                    default -> new Known.Ended(row.getString("answer"));
                });
    }

    @Override
    public Uni<Void> end(Id id, UUID attempt, String answer) {
        return ask(
                        "SELECT request_end($1, $2, $3, $4, $5)",
                        of(id).addUUID(attempt).addString(answer))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> forget(Id id, UUID attempt) {
        return ask("SELECT request_forget($1, $2, $3, $4)", of(id).addUUID(attempt))
                .replaceWithVoid();
    }

    @Scheduled(every = "10m", delayed = "50s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> clean() {
        return steps.forEachTenant(this::clean);
    }

    /** Forgets what one tenant's were kept long enough. */
    Uni<Void> clean(TenantId tenant) {
        return steps.untilNothingIsLeft("SELECT request_purge($1, $2)", Tuple.of(tenant.value(), CleanupSteps.BATCH));
    }

    private static Tuple of(Id id) {
        return Tuple.tuple()
                .addString(id.tenant().value())
                .addString(id.principal())
                .addString(id.keyHash());
    }

    private Uni<Row> ask(String statement, Tuple arguments) {
        return pool.preparedQuery(statement)
                .execute(arguments)
                .map(rows -> rows.iterator().next())
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(DatabaseFaults::translate);
    }
}
