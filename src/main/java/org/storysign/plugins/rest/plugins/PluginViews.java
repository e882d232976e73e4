package org.storysign.plugins.rest.plugins;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.plugin.EnabledPlugin;
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
    private final PluginCatalog catalog;

    @Inject
    PluginViews(PluginStore store, PluginReleases releases, PluginCatalog catalog) {
        this.store = store;
        this.releases = releases;
        this.catalog = catalog;
    }

    /** Fails with {@code plugin-not-found}. */
    public Uni<Plugin> find(TenantId tenant, PluginId id) {
        return store.find(tenant, id).map(found -> found.orElseThrow(() -> PluginAddress.notFound(id)));
    }

    Uni<PluginView> view(Plugin plugin) {
        return releases.list(plugin).map(standings -> PluginView.of(plugin, standings, limits(plugin)));
    }

    /** What serves is the truth where it serves; elsewhere, what would. */
    private Limits limits(Plugin plugin) {
        return catalog.current(plugin.tenant())
                .find(plugin.id())
                .filter(serving -> serving.plugin().revision() == plugin.revision())
                .map(EnabledPlugin::limits)
                .orElseGet(() ->
                        plugin.active().manifest().limits().lower(plugin.level().limits()));
    }
}
