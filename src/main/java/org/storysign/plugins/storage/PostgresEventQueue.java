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
import java.util.Optional;
import org.storysign.plugins.hook.HandlerExecution;
import org.storysign.plugins.hook.queue.EventQueue;
import org.storysign.plugins.hook.queue.TakenEvent;
import org.storysign.plugins.hook.queue.Verdict;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.EventOutbox;
import org.storysign.plugins.platform.NewEvent;
import org.storysign.plugins.platform.OrderingKey;

/** Outbox and queue in PostgreSQL (migration 3). Each operation is one function of the database, one round trip and one transaction. */
@Singleton
public final class PostgresEventQueue implements EventOutbox, EventQueue {

    private static final String CHANNEL = "storysign_events";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String THE_PRODUCT = "";

    private final Pool pool;
    private final DatabaseNotifications notifications;

    @Inject
    PostgresEventQueue(Pool pool, DatabaseNotifications notifications) {
        this.pool = pool;
        this.notifications = notifications;
    }

    @Override
    public Acceptance put(NewEvent event, EventLimits limits, Duration timeout) {
        Tuple arguments = Tuple.of(
                        event.sender().tenant().value(),
                        event.sender().plugin().map(PluginId::value).orElse(THE_PRODUCT),
                        event.id().value())
                .addString(event.hook().value())
                .addString(event.user()
                        .map(UserId::value)
                        .map(DataFunctions::storable)
                        .orElse(null))
                .addString(event.key().map(OrderingKey::value).orElse(null))
                .addInteger(event.depth())
                .addString(event.call())
                .addLong((long) limits.ofPlugin())
                .addLong((long) limits.ofTenant());
        String outcome = ask("SELECT event_put($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", arguments, timeout)
                .getFirst()
                .getString(0);
        return switch (outcome) {
            case "done" -> Acceptance.ACCEPTED;
            case "plugin" -> Acceptance.PLUGIN_FULL;
            case "tenant" -> Acceptance.TENANT_FULL;
            default -> throw new IllegalStateException("event_put answered " + outcome);
        };
    }

    @Override
    public List<TenantId> tenants() {
        return ask("SELECT tenant FROM event_tenants()", Tuple.tuple(), PATIENCE).stream()
                .map(row -> new TenantId(row.getString("tenant")))
                .toList();
    }

    @Override
    public List<TakenEvent> take(TenantId tenant, Terms terms) {
        Tuple arguments = Tuple.of(tenant.value(), terms.worker(), terms.catalogueRevision())
                .addInteger(terms.most())
                .addLong(terms.lease().toMillis())
                .addInteger(terms.mostAttempts());
        return ask(
                        "SELECT id, lease, hook, user_id, depth, call, attempts FROM event_take($1, $2, $3, $4, $5, $6)",
                        arguments,
                        PATIENCE)
                .stream()
                .map(row -> taken(tenant, row))
                .toList();
    }

    @Override
    public boolean settle(TakenEvent event, Verdict verdict) {
        Tuple arguments = Tuple.of(event.tenant().value(), event.id().value(), event.lease())
                .addString(verdict.publicName())
                .addLong(pause(verdict).toMillis())
                .addString(
                        problem(verdict).map(problem -> problem.code().code()).orElse(null))
                .addString(problem(verdict)
                        .map(HandlerExecution.Problem::detail)
                        .map(PostgresEventQueue::storable)
                        .orElse(null));
        return ask("SELECT event_settle($1, $2, $3, $4, $5, $6, $7)", arguments, PATIENCE)
                .getFirst()
                .getBoolean(0);
    }

    @Override
    public void listen(Runnable hint) {
        notifications.listen(CHANNEL, hint, nothing -> hint.run());
    }

    private List<Row> ask(String function, Tuple arguments, Duration timeout) {
        try {
            RowSet<Row> rows =
                    pool.preparedQuery(function).execute(arguments).await().atMost(timeout);
            List<Row> found = new ArrayList<>(rows.size());
            rows.forEach(found::add);
            return found;
        } catch (RuntimeException e) {
            throw DatabaseFaults.translate(e);
        }
    }

    private static TakenEvent taken(TenantId tenant, Row row) {
        return new TakenEvent(
                tenant,
                new EventId(row.getUUID("id")),
                row.getUUID("lease"),
                new HookName(row.getString("hook")),
                Optional.ofNullable(row.getString("user_id")).map(UserId::new),
                row.getInteger("depth"),
                row.getInteger("attempts"),
                row.getString("call"));
    }

    private static Duration pause(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Retry(Duration pause, HandlerExecution.Problem _) -> pause;
            case Verdict.Postpone(Duration pause, HandlerExecution.Problem _) -> pause;
            case Verdict.Done _, Verdict.Dead _ -> Duration.ZERO;
        };
    }

    private static Optional<HandlerExecution.Problem> problem(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Retry(Duration _, HandlerExecution.Problem problem) -> Optional.of(problem);
            case Verdict.Postpone(Duration _, HandlerExecution.Problem problem) -> Optional.of(problem);
            case Verdict.Dead(HandlerExecution.Problem problem) -> Optional.of(problem);
            case Verdict.Done _ -> Optional.empty();
        };
    }

    /** PostgreSQL's text cannot hold the character 0. */
    private static String storable(String detail) {
        return detail.replace('\0', ' ');
    }
}
