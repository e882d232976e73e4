package org.storysign.plugins.plugin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * What one tenant has enabled, at one revision. Never changes.
 *
 * @param revision of the tenant's catalogue when it was read
 * @param quarantined what would serve if it had not failed too often
 */
public record CatalogSnapshot(
        TenantId tenant, long revision, Map<PluginId, EnabledPlugin> plugins, List<Plugin> quarantined) {

    /** With nothing in quarantine. */
    public CatalogSnapshot(TenantId tenant, long revision, Map<PluginId, EnabledPlugin> plugins) {
        this(tenant, revision, plugins, List.of());
    }

    public CatalogSnapshot {
        plugins = Map.copyOf(plugins);
        quarantined = List.copyOf(quarantined);
    }

    public Optional<EnabledPlugin> find(PluginId id) {
        return Optional.ofNullable(plugins.get(id));
    }

    /** Why a plugin is in quarantine; empty when it is not. */
    public Optional<PluginState.Quarantined> quarantine(PluginId id) {
        return quarantined.stream()
                .filter(plugin -> plugin.id().equals(id))
                .map(Plugin::state)
                .filter(PluginState.Quarantined.class::isInstance)
                .map(PluginState.Quarantined.class::cast)
                .findFirst();
    }

    public Collection<EnabledPlugin> all() {
        return plugins.values();
    }
}
