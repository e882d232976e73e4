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
import org.storysign.plugins.audit.AuditRecord;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.security.AuditTrail;

/** The audit trail, read. */
@Singleton
public final class PostgresAuditTrail implements AuditTrail {

    private static final String ENTRIES =
            "SELECT sequence, at, actor, action, subject, facts, hash FROM audit_log WHERE tenant = :tenant";
    private static final String BEFORE = ENTRIES + " AND sequence < :place ORDER BY sequence DESC";
    private static final String AFTER = ENTRIES + " AND sequence > :place ORDER BY sequence";

    private final TenantTransactions transactions;

    @Inject
    PostgresAuditTrail(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<AuditRecord>> page(TenantId tenant, OptionalLong before, int limit) {
        return entries(tenant, BEFORE, before.orElse(Long.MAX_VALUE), limit);
    }

    @Override
    public Uni<List<AuditRecord>> following(TenantId tenant, long after, int limit) {
        return entries(tenant, AFTER, after, limit);
    }

    private Uni<List<AuditRecord>> entries(TenantId tenant, String query, long place, int limit) {
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(query, Object[].class)
                                .setParameter("tenant", tenant.value())
                                .setParameter("place", place)
                                .setMaxResults(limit)
                                .getResultList())
                        .map(rows ->
                                rows.stream().map(row -> entry(tenant, row)).toList()));
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

    private static AuditRecord entry(TenantId tenant, Object[] row) {
        return new AuditRecord(
                tenant,
                (Long) row[0],
                ((OffsetDateTime) row[1]).toInstant(),
                (String) row[2],
                (String) row[3],
                (String) row[4],
                (String) row[5],
                HexFormat.of().formatHex((byte[]) row[6]));
    }
}
