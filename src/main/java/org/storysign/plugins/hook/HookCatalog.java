package org.storysign.plugins.hook;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.manifest.HookSubscription;
import org.storysign.plugins.plugin.CatalogSnapshot;
import org.storysign.plugins.plugin.PluginCatalog;

/** The chains of what is enabled now, kept until the catalogue's snapshot changes. Safe for concurrent use. */
@Singleton
public final class HookCatalog {

    private final PluginCatalog catalog;
    private final HookPolicyStore policies;
    private final Map<TenantId, Chains> built = new ConcurrentHashMap<>();

    @Inject
    public HookCatalog(PluginCatalog catalog, HookPolicyStore policies) {
        this.catalog = catalog;
        this.policies = policies;
    }

    /** What was built from one snapshot; a change of a policy makes a new snapshot. */
    private record Chains(
            CatalogSnapshot snapshot, Map<HookName, HookPolicy> policies, Map<HookName, HookChain> byHook) {

        HookChain of(HookName hook) {
            HookChain chain = byHook.get(hook);
            return chain == null ? build(hook) : chain;
        }

        private HookChain build(HookName hook) {
            return HookChain.of(hook, policies.getOrDefault(hook, HookPolicy.NONE), snapshot);
        }

        static Chains of(CatalogSnapshot snapshot, Map<HookName, HookPolicy> policies) {
            Map<HookName, HookChain> byHook = new ConcurrentHashMap<>();
            Chains chains = new Chains(snapshot, policies, byHook);
            subscribed(snapshot).forEach(hook -> byHook.put(hook, chains.build(hook)));
            return chains;
        }
    }

    /** The hook's chain; without links when nobody subscribed. */
    public Uni<HookChain> chain(TenantId tenant, HookName hook) {
        return chains(tenant).map(chains -> chains.of(hook));
    }

    /** Every hook somebody subscribed to or that has a policy, by name. */
    public Uni<List<HookChain>> all(TenantId tenant) {
        return chains(tenant).map(chains -> {
            TreeSet<HookName> hooks = new TreeSet<>(chains.policies.keySet());
            hooks.addAll(chains.byHook.keySet());
            return hooks.stream().map(chains::of).toList();
        });
    }

    private Uni<Chains> chains(TenantId tenant) {
        CatalogSnapshot snapshot = catalog.current(tenant);
        Chains present = built.get(tenant);
        if (present != null && present.snapshot == snapshot) {
            return Uni.createFrom().item(present);
        }
        return policies.all(tenant).map(read -> {
            Chains chains = Chains.of(snapshot, read);
            built.put(tenant, chains);
            return chains;
        });
    }

    private static Stream<HookName> subscribed(CatalogSnapshot snapshot) {
        return snapshot.all().stream()
                .flatMap(plugin -> plugin.plugin().active().manifest().hooks().stream())
                .map(HookSubscription::hook)
                .distinct();
    }
}
