package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.PublisherKeys;
import org.storysign.plugins.plugin.RefusalLog;
import org.storysign.plugins.signature.TrustedKey;

/** The keys tenants trust, in PostgreSQL, and the audit trail of what was refused for want of them. */
@Singleton
public final class PostgresPublisherKeys implements PublisherKeys, RefusalLog {

    private final TenantTransactions transactions;

    @Inject
    PostgresPublisherKeys(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<TrustedKey>> list(TenantId tenant) {
        return transactions.read(
                tenant,
                () -> PublisherKeyRow.<PublisherKeyRow>list(
                                "key.tenant = ?1 order by addedAt, key.fingerprint", tenant.value())
                        .map(rows -> rows.stream()
                                .map(PublisherKeyRow::toKey)
                                .flatMap(Optional::stream)
                                .toList()));
    }

    @Override
    public Uni<TrustedKey> add(TenantId tenant, TrustedKey key, AuditEntry audit) {
        return transactions.change(
                tenant,
                () -> find(tenant, key.key().fingerprint())
                        .flatMap(known -> known != null
                                ? Uni.createFrom()
                                        .item(new Change.None<>(known.toKey().orElse(key)))
                                : PublisherKeyRow.of(tenant, key)
                                        .<PublisherKeyRow>persist()
                                        .map(row -> new Change.OfCatalogue<>(key, audit))));
    }

    @Override
    public Uni<Optional<TrustedKey>> revoke(TenantId tenant, Digest fingerprint, AuditEntry audit) {
        return transactions.change(
                tenant,
                () -> find(tenant, fingerprint).map(row -> {
                    if (row == null) {
                        return new Change.None<>(Optional.empty());
                    }
                    if (row.revokedAt != null) {
                        return new Change.None<>(row.toKey());
                    }
                    row.revokedAt = TenantTransactions.now();
                    return new Change.OfCatalogue<>(row.toKey(), audit);
                }));
    }

    private static Uni<PublisherKeyRow> find(TenantId tenant, Digest fingerprint) {
        return PublisherKeyRow.findById(PublisherKeyRow.Key.of(tenant, fingerprint));
    }

    @Override
    public Uni<Void> record(AuditEntry refusal) {
        return transactions
                .<Boolean>change(
                        refusal.actor().tenant(), () -> Uni.createFrom().item(new Change.OfRecords<>(true, refusal)))
                .replaceWithVoid();
    }
}
