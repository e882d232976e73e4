package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.DenialHistory;
import org.storysign.plugins.plugin.Denied;

/** What the audit trail says of denials, summed up. */
@Singleton
public final class PostgresDenialHistory implements DenialHistory {

    private static final String SUBJECT = "plugin:";
    private static final String SUMS = """
            SELECT subject, cast(facts AS jsonb) ->> 'function' AS function, cast(facts AS jsonb) ->> 'code' AS code,
                   cast(sum(cast(cast(facts AS jsonb) ->> 'count' AS bigint)) AS bigint) AS count, max(at) AS last
            FROM audit_log
            WHERE tenant = :tenant AND action = 'platform.denied' AND subject IN (:subjects)
            GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 3
            """;

    private final TenantTransactions transactions;

    @Inject
    PostgresDenialHistory(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Map<PluginId, List<Denied>>> of(TenantId tenant, Collection<PluginId> plugins) {
        List<String> subjects = plugins.stream().map(id -> SUBJECT + id).toList();
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(SUMS, Object[].class)
                                .setParameter("tenant", tenant.value())
                                .setParameter("subjects", subjects)
                                .getResultList())
                        .map(rows -> rows.stream()
                                .collect(Collectors.groupingBy(
                                        PostgresDenialHistory::plugin,
                                        Collectors.mapping(PostgresDenialHistory::denied, Collectors.toList())))));
    }

    private static PluginId plugin(Object[] row) {
        return new PluginId(((String) row[0]).substring(SUBJECT.length()));
    }

    private static Denied denied(Object[] row) {
        return new Denied((String) row[1], (String) row[2], (Long) row[3], ((OffsetDateTime) row[4]).toInstant());
    }
}
