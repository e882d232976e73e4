package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.security.AuditTrail;

/** The audit trail, read. */
@Singleton
public final class PostgresAuditTrail implements AuditTrail {

    private static final String PAGE = "SELECT sequence, at, actor, action, subject, facts, hash FROM audit_log"
            + " WHERE tenant = :tenant AND sequence < :before ORDER BY sequence DESC";

    private final TenantTransactions transactions;

    @Inject
    PostgresAuditTrail(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<RecordedEntry>> page(TenantId tenant, OptionalLong before, int limit) {
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(PAGE, Object[].class)
                                .setParameter("tenant", tenant.value())
                                .setParameter("before", before.orElse(Long.MAX_VALUE))
                                .setMaxResults(limit)
                                .getResultList())
                        .map(rows ->
                                rows.stream().map(PostgresAuditTrail::entry).toList()));
    }

    @Override
    public Uni<Optional<Long>> firstBreak(TenantId tenant) {
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery("SELECT audit_first_break()", Long.class)
                                .getSingleResultOrNull())
                        .map(Optional::ofNullable));
    }

    private static RecordedEntry entry(Object[] row) {
        return new RecordedEntry(
                (Long) row[0],
                ((OffsetDateTime) row[1]).toInstant(),
                (String) row[2],
                (String) row[3],
                (String) row[4],
                (String) row[5],
                HexFormat.of().formatHex((byte[]) row[6]));
    }
}
