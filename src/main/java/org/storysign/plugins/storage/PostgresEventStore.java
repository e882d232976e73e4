package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.hook.queue.EventFilter;
import org.storysign.plugins.hook.queue.EventState;
import org.storysign.plugins.hook.queue.EventStore;
import org.storysign.plugins.hook.queue.QueueFigures;
import org.storysign.plugins.hook.queue.QueuedEvent;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.HookName;

/** The queue as people see and change it: reads under row-level security; changes are one transaction with their audit entry. */
@Singleton
public final class PostgresEventStore implements EventStore {

    private static final String SELECT =
            "SELECT CAST(id AS text), sequence, hook, plugin, user_id, ordering_key, depth, state,"
                    + " attempts, created_at, takeable_at, finished_at, worker, problem_code, problem_detail FROM event"
                    + " WHERE tenant = :tenant";
    private static final String LIST = SELECT
            + " AND (CAST(:state AS text) IS NULL OR state = :state) AND (CAST(:hook AS text) IS NULL OR hook = :hook)"
            + " AND (CAST(:plugin AS text) IS NULL OR plugin = :plugin) AND sequence < :before ORDER BY sequence DESC";
    private static final String FIGURES =
            "SELECT queued, working, dead, oldest_ms FROM event_figures(CAST(:tenant AS text))";

    private final TenantTransactions transactions;

    @Inject
    PostgresEventStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<QueuedEvent>> list(TenantId tenant, EventFilter filter, int limit) {
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(LIST, Object[].class)
                                .setParameter("tenant", tenant.value())
                                .setParameter("state", text(filter.state().map(EventState::publicName)))
                                .setParameter("hook", text(filter.hook().map(HookName::value)))
                                .setParameter("plugin", text(filter.plugin().map(PluginId::value)))
                                .setParameter("before", filter.before().orElse(Long.MAX_VALUE))
                                .setMaxResults(limit)
                                .getResultList())
                        .map(rows ->
                                rows.stream().map(PostgresEventStore::event).toList()));
    }

    @Override
    public Uni<Optional<QueuedEvent>> find(TenantId tenant, EventId id) {
        return one(tenant, SELECT + " AND id = CAST(:id AS uuid)", Object[].class, Map.of("id", id.toString()))
                .map(row -> row.map(PostgresEventStore::event));
    }

    @Override
    public Uni<Optional<String>> call(TenantId tenant, EventId id) {
        return one(
                tenant,
                "SELECT call FROM event WHERE tenant = :tenant AND id = CAST(:id AS uuid)",
                String.class,
                Map.of("id", id.toString()));
    }

    @Override
    public Uni<Integer> redrive(Letters letters, int most, AuditEntry audit) {
        return transactions.change(
                audit.actor().tenant(),
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "SELECT event_redrive(CAST(:id AS uuid), CAST(:hook AS text), CAST(:plugin AS text),"
                                                + " :most)",
                                        Integer.class)
                                .setParameter("id", text(letters.id().map(EventId::toString)))
                                .setParameter("hook", text(letters.hook()))
                                .setParameter("plugin", text(letters.plugin()))
                                .setParameter("most", most)
                                .getSingleResult())
                        .map(count -> count == 0 ? new Change.None<>(0) : new Change.OfRecords<>(count, audit)));
    }

    @Override
    public Uni<Deletion> delete(EventId id, AuditEntry audit) {
        return transactions.change(
                audit.actor().tenant(),
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "SELECT event_delete(CAST(:id AS uuid))", String.class)
                                .setParameter("id", id.toString())
                                .getSingleResult())
                        .map(outcome -> switch (outcome) {
                            case "done" -> new Change.OfRecords<>(Deletion.DELETED, audit);
                            case "missing" -> new Change.None<>(Deletion.MISSING);
                            case "working" -> new Change.None<>(Deletion.IN_WORK);
                            default -> throw new IllegalStateException("event_delete answered " + outcome);
                        }));
    }

    @Override
    public Uni<QueueFigures> figures(TenantId tenant) {
        return figures(tenant.value());
    }

    @Override
    public Uni<QueueFigures> figures() {
        return figures((String) null);
    }

    private Uni<QueueFigures> figures(@Nullable String tenant) {
        return transactions.acrossTenants(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery(FIGURES, Object[].class)
                        .setParameter("tenant", tenant)
                        .getSingleResult())
                .map(row -> new QueueFigures(
                        (Long) row[0], (Long) row[1], (Long) row[2], Duration.ofMillis((Long) row[3]))));
    }

    private <T> Uni<Optional<T>> one(TenantId tenant, String query, Class<T> type, Map<String, Object> parameters) {
        return transactions.read(
                tenant,
                () -> Panache.getSession().flatMap(session -> {
                    var asked = session.createNativeQuery(query, type).setParameter("tenant", tenant.value());
                    parameters.forEach(asked::setParameter);
                    return asked.getSingleResultOrNull().map(Optional::ofNullable);
                }));
    }

    private static QueuedEvent event(Object[] row) {
        EventState state = EventState.valueOf(((String) row[7]).toUpperCase(Locale.ROOT));
        String plugin = (String) row[3];
        return new QueuedEvent(
                new EventId(java.util.UUID.fromString((String) row[0])),
                (Long) row[1],
                (String) row[2],
                plugin.isEmpty() ? Optional.empty() : Optional.of(plugin),
                Optional.ofNullable((String) row[4]),
                Optional.ofNullable((String) row[5]),
                (Integer) row[6],
                state,
                (Integer) row[8],
                ((OffsetDateTime) row[9]).toInstant(),
                state == EventState.QUEUED ? Optional.of(((OffsetDateTime) row[10]).toInstant()) : Optional.empty(),
                Optional.ofNullable((OffsetDateTime) row[11]).map(OffsetDateTime::toInstant),
                Optional.ofNullable((String) row[12]),
                Optional.ofNullable((String) row[13])
                        .map(code -> new QueuedEvent.Failure(code, String.valueOf(row[14]))));
    }

    private static @Nullable String text(Optional<String> value) {
        return value.orElse(null);
    }
}
