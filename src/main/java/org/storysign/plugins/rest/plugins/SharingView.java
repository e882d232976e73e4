package org.storysign.plugins.rest.plugins;

import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.PluginSharing;

/**
 * What became of sharing a plugin.
 *
 * @param version what is offered
 * @param tenants how many that adopted the plugin got this release by it; null when it was offered before
 */
public record SharingView(
        String id, String version, @Nullable Integer tenants) {
    static SharingView of(PluginSharing.Sharing sharing) {
        return new SharingView(
                sharing.plugin().value(),
                sharing.version().value(),
                sharing.tenants().isPresent() ? sharing.tenants().getAsInt() : null);
    }
}
