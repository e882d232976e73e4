package org.storysign.plugins.plugin;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * What one tenant has enabled, at one revision. Never changes.
 *
 * @param revision of the tenant's catalogue when it was read
 */
public record CatalogSnapshot(TenantId tenant, long revision, Map<PluginId, EnabledPlugin> plugins) {

    public CatalogSnapshot {
        plugins = Map.copyOf(plugins);
    }

    public Optional<EnabledPlugin> find(PluginId id) {
        return Optional.ofNullable(plugins.get(id));
    }

    public Collection<EnabledPlugin> all() {
        return plugins.values();
    }
}
