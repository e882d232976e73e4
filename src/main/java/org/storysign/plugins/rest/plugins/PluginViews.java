package org.storysign.plugins.rest.plugins;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.Dependencies;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginReleases;
import org.storysign.plugins.plugin.PluginStore;
import org.storysign.plugins.rest.http.PluginAddress;

/** Gathers what a {@link PluginView} shows. */
@ApplicationScoped
public class PluginViews {

    private final PluginStore store;
    private final PluginReleases releases;
    private final Dependencies dependencies;
    private final PluginCatalog catalog;

    @Inject
    PluginViews(PluginStore store, PluginReleases releases, Dependencies dependencies, PluginCatalog catalog) {
        this.store = store;
        this.releases = releases;
        this.dependencies = dependencies;
        this.catalog = catalog;
    }

    /** Fails with {@code plugin-not-found}. */
    public Uni<Plugin> find(TenantId tenant, PluginId id) {
        return store.find(tenant, id).map(found -> found.orElseThrow(() -> PluginAddress.notFound(id)));
    }

    Uni<PluginView> view(Plugin plugin) {
        return Uni.combine()
                .all()
                .unis(releases.list(plugin), dependencies.plan(plugin))
                .asTuple()
                .map(known -> PluginView.of(plugin, known.getItem1(), catalog.limits(plugin), known.getItem2()));
    }
}
