package org.storysign.plugins.rest.plugins;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.plugin.SharedPlugins.Sharing;

/**
 * Whether all tenants get a plugin.
 *
 * @param sharedBy who shared it; null when it is not shared
 * @param sharedAt null when it is not shared
 * @param tenantsGiven how many tenants have its active release this way
 * @param tenantsMissing how many are still to get it
 */
public record SharingView(
        String pluginId,
        boolean shared,
        @Nullable String sharedBy,
        @Nullable Instant sharedAt,
        long tenantsGiven,
        long tenantsMissing) {

    static SharingView of(PluginId plugin, Optional<Sharing> sharing) {
        return new SharingView(
                plugin.value(),
                sharing.isPresent(),
                sharing.map(Sharing::by).orElse(null),
                sharing.map(Sharing::since).orElse(null),
                sharing.map(Sharing::having).orElse(0L),
                sharing.map(Sharing::lacking).orElse(0L));
    }
}
