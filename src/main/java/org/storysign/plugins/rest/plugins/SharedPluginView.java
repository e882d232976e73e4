package org.storysign.plugins.rest.plugins;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.SharedOffer;

/**
 * A shared plugin as one line of a list. Name, description and author are the author's words.
 *
 * @param version the newest that is offered
 * @param here what the tenant has under this id; null when it has nothing
 */
public record SharedPluginView(
        String id,
        String name,
        String version,
        String description,
        String author,
        String packageDigest,
        List<String> permissions,
        Instant sharedAt,
        @Nullable Here here) {

    static SharedPluginView of(SharedOffer offer) {
        PluginManifest manifest = offer.release().manifest();
        return new SharedPluginView(
                manifest.id().value(),
                manifest.about().name(),
                manifest.version().value(),
                manifest.about().description(),
                manifest.about().author(),
                offer.release().packageDigest().value(),
                manifest.permissions().stream()
                        .map(permission -> permission.name().publicName())
                        .toList(),
                offer.release().installedAt(),
                offer.here().map(Here::of).orElse(null));
    }

    /**
     * What the tenant that looks has.
     *
     * @param origin {@code shared} when it adopted the plugin; {@code own} when one of its own has this id, and stands in the way
     * @param activeRelease the version that serves when it is enabled
     */
    public record Here(String origin, String state, String activeRelease) {
        static Here of(Plugin plugin) {
            return new Here(
                    plugin.origin().publicName(),
                    plugin.state().publicName(),
                    plugin.active().manifest().version().value());
        }
    }
}
