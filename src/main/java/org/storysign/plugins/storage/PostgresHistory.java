package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.history.CallFilter;
import org.storysign.plugins.plugin.history.CallRecord;
import org.storysign.plugins.plugin.history.HistoryBatch;
import org.storysign.plugins.plugin.history.HistoryStore;
import org.storysign.plugins.plugin.history.LineFilter;
import org.storysign.plugins.plugin.history.LineRecord;

/** What plugins did, in PostgreSQL: written by one function of the database a batch, read under row-level security. */
@Singleton
public final class PostgresHistory implements HistoryStore {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CALLS = "SELECT " + HistoryRows.CALL
            + " FROM invocation WHERE tenant = :tenant AND plugin = :plugin AND sequence < :before"
            + " AND (:status = '' OR code = :status OR (:status = 'ok' AND code IS NULL)"
            + " OR (:status = 'failed' AND code IS NOT NULL))"
            + " AND (:hook = '' OR (kind = 'hook' AND name = :hook)) AND (:trace = '' OR trace = :trace) AND at >= :since"
            + " ORDER BY sequence DESC";
    private static final String LINES = "SELECT " + HistoryRows.LINE
            + " FROM plugin_log WHERE tenant = :tenant AND plugin = :plugin AND level >= :level";

    private final TenantTransactions transactions;
    private final FunctionCalls functions;

    @Inject
    PostgresHistory(TenantTransactions transactions, FunctionCalls functions) {
        this.transactions = transactions;
        this.functions = functions;
    }

    @Override
    public void write(TenantId tenant, HistoryBatch batch) {
        functions.ask(
                "SELECT history_write($1, $2, $3, $4)",
                Tuple.of(
                        tenant.value(),
                        HistoryRows.calls(batch).toString(),
                        HistoryRows.lines(batch).toString(),
                        HistoryRows.amounts(batch).toString()),
                PATIENCE);
    }

    @Override
    public Uni<List<CallRecord>> calls(TenantId tenant, CallFilter filter, int limit) {
        Map<String, Object> parameters = Map.of(
                "plugin", filter.plugin().value(),
                "before", filter.before().orElse(Long.MAX_VALUE),
                "status", filter.status().orElse(""),
                "hook", filter.hook().map(HookName::value).orElse(""),
                "trace", filter.trace().map(TraceId::value).orElse(""),
                "since", filter.since().orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC));
        return list(tenant, new Asked(CALLS, parameters, limit), HistoryRows::call);
    }

    @Override
    public Uni<List<LineRecord>> linesBefore(TenantId tenant, LineFilter filter, int limit) {
        return lines(tenant, LINES + " AND sequence < :from ORDER BY sequence DESC", filter, limit);
    }

    @Override
    public Uni<List<LineRecord>> linesAfter(TenantId tenant, LineFilter filter, int limit) {
        return lines(tenant, LINES + " AND sequence > :from ORDER BY sequence", filter, limit);
    }

    private Uni<List<LineRecord>> lines(TenantId tenant, String query, LineFilter filter, int limit) {
        Map<String, Object> parameters = Map.of(
                "plugin", filter.plugin().value(),
                "level", filter.least().ordinal(),
                "from", filter.from());
        return list(tenant, new Asked(query, parameters, limit), HistoryRows::line);
    }

    @Override
    public Uni<List<HistoryBatch.Amount>> usage(TenantId tenant, PluginId plugin, Instant since) {
        String query = "SELECT " + HistoryRows.AMOUNT
                + " FROM plugin_usage_hour WHERE tenant = :tenant AND plugin = :plugin AND hour >= :since ORDER BY hour";
        Map<String, Object> parameters = Map.of("plugin", plugin.value(), "since", since.atOffset(ZoneOffset.UTC));
        return list(tenant, new Asked(query, parameters, Integer.MAX_VALUE), row -> HistoryRows.amount(plugin, row));
    }

    @Override
    public Uni<CallRecord.Figures> most(TenantId tenant, PluginId plugin, Instant since) {
        String query = "SELECT " + HistoryRows.MOST
                + " FROM invocation WHERE tenant = :tenant AND plugin = :plugin AND at >= :since";
        Map<String, Object> parameters = Map.of("plugin", plugin.value(), "since", since.atOffset(ZoneOffset.UTC));
        return list(tenant, new Asked(query, parameters, 1), HistoryRows::most).map(List::getFirst);
    }

    @Override
    public Uni<StoredData> stored(TenantId tenant, PluginId plugin) {
        String query = "SELECT keys, bytes FROM plugin_usage WHERE tenant = :tenant AND plugin = :plugin";
        return list(
                        tenant,
                        new Asked(query, Map.of("plugin", plugin.value()), 1),
                        row -> new StoredData((Long) row[0], (Long) row[1]))
                .map(found -> found.isEmpty() ? new StoredData(0, 0) : found.getFirst());
    }

    private record Asked(String query, Map<String, Object> parameters, int limit) {}

    private <T> Uni<List<T>> list(TenantId tenant, Asked asked, Function<Object[], T> read) {
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> {
                            var query = session.createNativeQuery(asked.query, Object[].class)
                                    .setParameter("tenant", tenant.value())
                                    .setMaxResults(asked.limit);
                            asked.parameters.forEach(query::setParameter);
                            return query.getResultList();
                        })
                        .map(rows -> rows.stream().map(read).toList()));
    }
}
