package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.security.ApiKey;
import org.storysign.plugins.security.ApiKeyStore;

/** API keys in PostgreSQL, without their secrets. */
@Singleton
public final class PostgresApiKeyStore implements ApiKeyStore {

    private static final String USED = """
            UPDATE api_key SET last_used_at = now() WHERE tenant = :tenant AND id = :id
            AND (last_used_at IS NULL OR last_used_at <= now() - make_interval(secs => :seconds))
            """;

    private final TenantTransactions transactions;

    @Inject
    PostgresApiKeyStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Optional<ApiKey>> findByHash(String secretHash) {
        return transactions.acrossTenants(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT * FROM api_key_by_hash(:hash)", ApiKeyRow.class)
                        .setParameter("hash", secretHash)
                        .getResultList())
                .map(rows -> rows.stream().findFirst().map(ApiKeyRow::toKey)));
    }

    @Override
    public Uni<List<ApiKey>> list(TenantId tenant) {
        return transactions.read(
                tenant,
                () -> ApiKeyRow.<ApiKeyRow>list("key.tenant = ?1 order by createdAt, key.id", tenant.value())
                        .map(rows -> rows.stream().map(ApiKeyRow::toKey).toList()));
    }

    @Override
    public Uni<Void> create(ApiKey key, AuditEntry audit) {
        return transactions
                .change(
                        key.tenant(),
                        () -> ApiKeyRow.of(key)
                                .<ApiKeyRow>persist()
                                .<Change<ApiKeyRow>>map(row -> new Change.OfRecords<>(row, audit)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> revoke(TenantId tenant, UUID id, AuditEntry audit) {
        ApiKeyRow.Key key = new ApiKeyRow.Key(tenant.value(), id);
        return transactions.change(
                tenant,
                () -> ApiKeyRow.<ApiKeyRow>findById(key).map(row -> {
                    if (row == null || row.revokedAt != null) {
                        return new Change.None<>(false);
                    }
                    row.revokedAt = TenantTransactions.now();
                    return new Change.OfRecords<>(true, audit);
                }));
    }

    @Override
    public Uni<Void> used(TenantId tenant, UUID id) {
        return transactions
                .read(
                        tenant,
                        () -> Panache.getSession()
                                .flatMap(session -> session.createNativeQuery(USED)
                                        .setParameter("tenant", tenant.value())
                                        .setParameter("id", id)
                                        .setParameter("seconds", USE_KEPT_EVERY.toSeconds())
                                        .executeUpdate()))
                .replaceWithVoid();
    }
}
