package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.OptionalLong;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.plugin.Plugin.Mode;

/**
 * Puts plugins into observe mode and back (`decisions/021`). Calls that run meanwhile end in the mode they began in. Safe for concurrent use.
 */
@Singleton
public final class PluginModes {

    private final StoredPlugins plugins;
    private final PluginCatalog catalog;

    @Inject
    public PluginModes(PluginStore store, PluginCatalog catalog) {
        this.plugins = new StoredPlugins(store);
        this.catalog = catalog;
    }

    /**
     * Of a plugin in any state but {@code enabling}; nothing changes when it is in this mode. When this answers, calls that begin in this process
     * are in it. Fails with {@code plugin-not-found}, {@code plugin-state-conflict} and {@code precondition-failed} when {@code ifRevision}
     * is said and is not the present {@link Plugin#revision}.
     */
    public Uni<Plugin> change(PluginId id, Mode mode, OptionalLong ifRevision, Actor actor) {
        return plugins.find(actor.tenant(), id).flatMap(plugin -> {
            if (ifRevision.isPresent() && ifRevision.getAsLong() != plugin.revision()) {
                throw StoredPlugins.stale(id, "plugin");
            }
            if (plugin.mode() == mode) {
                return Uni.createFrom().item(plugin);
            }
            if (plugin.state() instanceof PluginState.Enabling) {
                throw StoredPlugins.conflict(plugin, "is being enabled; try again when it is");
            }
            return plugins.replace(
                            plugin.with(mode),
                            StoredPlugins.audit(actor, AuditAction.PLUGIN_MODE, id, Map.of("mode", mode.publicName())))
                    .call(changed -> catalog.refresh(actor.tenant()));
        });
    }
}
