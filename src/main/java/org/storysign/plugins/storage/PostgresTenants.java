package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.TenantPolicy;
import org.storysign.plugins.plugin.Tenants;

/** Tenants and their policies in PostgreSQL. Names and ages cross tenants, and nothing else does. */
@Singleton
public final class PostgresTenants implements Tenants {

    /** Whether the transaction at hand inserted it. */
    private static final String NEW = "SELECT xmin = pg_current_xact_id()::xid FROM tenant WHERE tenant = :tenant";

    private final TenantTransactions transactions;

    @Inject
    PostgresTenants(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Boolean> exists(TenantId id) {
        return transactions.acrossTenants(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT tenant_there(:tenant)", Boolean.class)
                        .setParameter("tenant", id.value())
                        .getSingleResult()));
    }

    @Override
    public Uni<List<Listed>> list(Optional<String> after, int limit) {
        return transactions.acrossTenants(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT tenant, created_at FROM tenant_page(:after, :most)", Object[].class)
                        .setParameter("after", after.orElse(""))
                        .setParameter("most", limit)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new Listed(new TenantId((String) row[0]), ((OffsetDateTime) row[1]).toInstant()))
                        .toList()));
    }

    @Override
    public Uni<Optional<Tenant>> find(TenantId id) {
        return transactions.read(
                id,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "SELECT created_at FROM tenant WHERE tenant = :tenant", Instant.class)
                                .setParameter("tenant", id.value())
                                .getSingleResultOrNull())
                        .flatMap(since -> TenantPolicyRow.read(id)
                                .map(policy ->
                                        Optional.ofNullable(since).map(there -> new Tenant(id, there, policy)))));
    }

    @Override
    public Uni<Boolean> create(TenantId id, TenantPolicy policy, AuditEntry audit) {
        return transactions.change(
                id,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(NEW, Boolean.class)
                                .setParameter("tenant", id.value())
                                .getSingleResult())
                        .flatMap(isNew -> isNew
                                ? TenantPolicyRow.of(id, policy)
                                        .<TenantPolicyRow>persist()
                                        .map(row -> new Change.OfRecords<>(true, audit))
                                : Uni.createFrom().item(new Change.None<>(false))));
    }

    @Override
    public Uni<Optional<TenantPolicy>> replace(TenantId id, TenantPolicy policy, AuditEntry audit) {
        return transactions.change(
                id,
                () -> TenantPolicyRow.<TenantPolicyRow>findById(id.value()).flatMap(row -> {
                    if ((row == null ? 0 : row.revision) != policy.revision()) {
                        return Uni.createFrom().item(new Change.None<>(Optional.empty()));
                    }
                    return written(row, id, policy)
                            .map(next -> new Change.OfCatalogue<>(Optional.of(next.toPolicy()), audit));
                }));
    }

    private static Uni<TenantPolicyRow> written(@Nullable TenantPolicyRow row, TenantId id, TenantPolicy policy) {
        if (row == null) {
            return TenantPolicyRow.of(id, policy).persist();
        }
        row.write(policy);
        return Uni.createFrom().item(row);
    }
}
