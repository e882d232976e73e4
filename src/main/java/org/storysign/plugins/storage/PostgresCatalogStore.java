package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.plugin.CatalogStore;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.StoredCatalog;
import org.storysign.plugins.plugin.TenantPolicy;

/** What is enabled and at which revision, read from one snapshot of the database. */
@Singleton
public final class PostgresCatalogStore implements CatalogStore {

    private static final String ENABLED = new PluginState.Enabled().publicName();
    private static final String QUARANTINED = new PluginState.Quarantined("").publicName();

    private final TenantTransactions transactions;
    private final ManifestReader manifests = new ManifestReader();

    @Inject
    PostgresCatalogStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<StoredCatalog> read(TenantId tenant) {
        return transactions.readSnapshot(
                tenant,
                () -> revision(tenant)
                        .flatMap(revision -> new PluginSelection(tenant, manifests)
                                .inStates(List.of(ENABLED, QUARANTINED))
                                .fetch()
                                .flatMap(found -> TenantPolicyRow.read(tenant)
                                        .map(policy -> new StoredCatalog(
                                                revision, in(ENABLED, found), policy, in(QUARANTINED, found))))));
    }

    @Override
    public Uni<TenantPolicy> policy(TenantId tenant) {
        return transactions.read(tenant, () -> TenantPolicyRow.read(tenant));
    }

    private static List<Plugin> in(String state, List<Plugin> plugins) {
        return plugins.stream()
                .filter(plugin -> plugin.state().publicName().equals(state))
                .toList();
    }

    private static Uni<Long> revision(TenantId tenant) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT coalesce(max(revision), 0) FROM tenant WHERE tenant = :tenant", Long.class)
                        .setParameter("tenant", tenant.value())
                        .getSingleResult());
    }
}
