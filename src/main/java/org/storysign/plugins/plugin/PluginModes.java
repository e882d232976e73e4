package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;

/** Lets an operator look at what a plugin would do before it does it. Safe for concurrent use. */
@Singleton
public final class PluginModes {

    private final PluginStore store;
    private final StoredPlugins plugins;
    private final PluginCatalog catalog;

    @Inject
    public PluginModes(PluginStore store, PluginCatalog catalog) {
        this.store = store;
        this.plugins = new StoredPlugins(store);
        this.catalog = catalog;
    }

    /**
     * In whatever state the plugin is; calls that run end as they began. Fails with {@code plugin-not-found}, and {@code precondition-failed}
     * when the plugin's revision is not {@code ifMatchRevision} any more.
     */
    public Uni<Plugin> set(PluginId id, PluginMode mode, long ifMatchRevision, Actor actor) {
        return plugins.find(actor.tenant(), id)
                .invoke(plugin -> {
                    if (plugin.revision() != ifMatchRevision) {
                        throw StoredPlugins.stale(id, "plugin");
                    }
                })
                .flatMap(plugin -> plugin.mode() == mode ? Uni.createFrom().item(plugin) : change(plugin, mode, actor));
    }

    private Uni<Plugin> change(Plugin plugin, PluginMode mode, Actor actor) {
        return store.replace(
                        plugin.with(mode),
                        StoredPlugins.audit(
                                actor, AuditAction.PLUGIN_MODE, plugin.id(), Map.of("mode", mode.publicName())))
                .map(stored -> stored.orElseThrow(() -> StoredPlugins.stale(plugin.id(), "plugin")))
                .call(() -> catalog.refresh(actor.tenant()));
    }
}
