package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.webhook.Webhook;
import org.storysign.plugins.plugin.webhook.WebhookEvent;
import org.storysign.plugins.plugin.webhook.WebhookOutbox;
import org.storysign.plugins.plugin.webhook.WebhookStore;
import org.storysign.plugins.plugin.webhook.WebhookUrl;
import org.storysign.plugins.secret.SealedSecret;

/** Webhooks and what they are to be told, in PostgreSQL. A trigger on the audit trail fills the outbox in the change's transaction. */
@Singleton
public final class PostgresWebhooks implements WebhookStore, WebhookOutbox {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofDays(7);

    private final TenantTransactions transactions;
    private final FunctionCalls functions;
    private final CleanupSteps steps;

    @Inject
    PostgresWebhooks(TenantTransactions transactions, FunctionCalls functions, CleanupSteps steps) {
        this.transactions = transactions;
        this.functions = functions;
        this.steps = steps;
    }

    @Override
    public Uni<List<Webhook>> list(TenantId tenant) {
        return rows(
                        tenant,
                        "SELECT CAST(id AS text), url, array_to_string(event_types, ','), created_at FROM webhook"
                                + " WHERE tenant = :tenant ORDER BY created_at, id",
                        Map.of(),
                        MOST)
                .map(rows -> rows.stream().map(PostgresWebhooks::webhook).toList());
    }

    @Override
    public Uni<Boolean> add(Webhook webhook, SealedSecret secret, AuditEntry audit) {
        TenantId tenant = audit.actor().tenant();
        String types = String.join(
                ",", webhook.events().stream().map(WebhookEvent::publicName).toList());
        return transactions.change(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "INSERT INTO webhook (tenant, id, url, event_types, secret)"
                                                + " SELECT CAST(:tenant AS text), CAST(:id AS uuid), :url, string_to_array(:types, ','), :secret"
                                                + " WHERE (SELECT count(*) FROM webhook WHERE tenant = :tenant) < :most")
                                .setParameter("tenant", tenant.value())
                                .setParameter("id", webhook.id().toString())
                                .setParameter("url", webhook.url().value())
                                .setParameter("types", types)
                                .setParameter("secret", secret.text())
                                .setParameter("most", MOST)
                                .executeUpdate())
                        .map(added -> added == 1 ? new Change.OfRecords<>(true, audit) : new Change.None<>(false)));
    }

    @Override
    public Uni<Boolean> delete(UUID id, AuditEntry audit) {
        TenantId tenant = audit.actor().tenant();
        return transactions.change(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "DELETE FROM webhook WHERE tenant = :tenant AND id = CAST(:id AS uuid)")
                                .setParameter("tenant", tenant.value())
                                .setParameter("id", id.toString())
                                .executeUpdate())
                        .map(gone -> gone == 1 ? new Change.OfRecords<>(true, audit) : new Change.None<>(false)));
    }

    @Override
    public Uni<Optional<UUID>> test(TenantId tenant, UUID id, String body) {
        UUID delivery = UUID.randomUUID();
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "INSERT INTO webhook_delivery (tenant, webhook, id, event_type, body)"
                                                + " SELECT tenant, id, CAST(:delivery AS uuid), :type, :body FROM webhook"
                                                + " WHERE tenant = :tenant AND id = CAST(:id AS uuid)")
                                .setParameter("tenant", tenant.value())
                                .setParameter("id", id.toString())
                                .setParameter("delivery", delivery.toString())
                                .setParameter("type", WebhookEvent.TEST)
                                .setParameter("body", body)
                                .executeUpdate())
                        .map(added -> added == 1 ? Optional.of(delivery) : Optional.empty()));
    }

    @Override
    public Uni<List<Delivery>> deliveries(TenantId tenant, UUID id, long before, int limit) {
        return rows(
                        tenant,
                        "SELECT sequence, CAST(id AS text), event_type, state, attempts, created_at, due_at, status, problem"
                                + " FROM webhook_delivery WHERE tenant = :tenant AND webhook = CAST(:id AS uuid)"
                                + " AND sequence < :before ORDER BY sequence DESC",
                        Map.of("id", id.toString(), "before", before),
                        limit)
                .map(rows -> rows.stream().map(PostgresWebhooks::delivery).toList());
    }

    @Override
    public List<TenantId> tenants() {
        return functions.ask("SELECT tenant FROM webhook_tenants()", Tuple.tuple(), PATIENCE).stream()
                .map(row -> new TenantId(row.getString(0)))
                .toList();
    }

    @Override
    public List<Taken> take(TenantId tenant, int most, Duration lease) {
        return functions
                .ask(
                        "SELECT webhook, id, attempt, body, url, secret FROM webhook_take($1, $2, $3)",
                        Tuple.of(tenant.value(), most, lease.toMillis()),
                        PATIENCE)
                .stream()
                .map(row -> new Taken(
                        tenant,
                        row.getUUID("webhook"),
                        row.getUUID("id"),
                        row.getInteger("attempt"),
                        row.getString("body"),
                        row.getString("url"),
                        row.getString("secret")))
                .toList();
    }

    @Override
    public void settle(Taken taken, End end) {
        functions.ask(
                "SELECT webhook_settle($1, $2, $3, $4, $5, $6, $7, $8)",
                Tuple.tuple()
                        .addString(taken.tenant().value())
                        .addUUID(taken.webhook())
                        .addUUID(taken.id())
                        .addInteger(taken.attempt())
                        .addString(end.state().name().toLowerCase(Locale.ROOT))
                        .addInteger(end.status().orElse(null))
                        .addString(end.problem().orElse(null))
                        .addLong(end.next().toMillis()),
                PATIENCE);
    }

    @Scheduled(every = "10m", delayed = "80s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> clean() {
        return steps.forEachTenant(this::clean);
    }

    /** Forgets what of one tenant's was delivered, or given up, long enough ago. */
    Uni<Void> clean(TenantId tenant) {
        return steps.untilNothingIsLeft(
                "SELECT webhook_purge($1, $2, $3)", Tuple.of(tenant.value(), KEPT.toMillis(), CleanupSteps.BATCH));
    }

    private Uni<List<Object[]>> rows(TenantId tenant, String query, Map<String, Object> parameters, int limit) {
        return transactions.read(
                tenant,
                () -> Panache.getSession().flatMap(session -> {
                    var asked = session.createNativeQuery(query, Object[].class)
                            .setParameter("tenant", tenant.value())
                            .setMaxResults(limit);
                    parameters.forEach(asked::setParameter);
                    return asked.getResultList();
                }));
    }

    private static Webhook webhook(Object[] row) {
        return new Webhook(
                UUID.fromString((String) row[0]),
                new WebhookUrl((String) row[1]),
                Arrays.stream(((String) row[2]).split(","))
                        .map(WebhookEvent::parse)
                        .flatMap(Optional::stream)
                        .toList(),
                ((OffsetDateTime) row[3]).toInstant());
    }

    private static Delivery delivery(Object[] row) {
        return new Delivery(
                (Long) row[0],
                UUID.fromString((String) row[1]),
                (String) row[2],
                (String) row[3],
                (Integer) row[4],
                ((OffsetDateTime) row[5]).toInstant(),
                ((OffsetDateTime) row[6]).toInstant(),
                Optional.ofNullable((Integer) row[7]),
                Optional.ofNullable((String) row[8]));
    }
}
