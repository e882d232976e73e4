package org.storysign.plugins.rest.plugins;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.manifest.HookSubscription;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.plugin.Plugin;

/** A plugin as one line of a list. Name, description and author are the author's words. */
public record PluginSummaryView(
        String id,
        String name,
        String version,
        String description,
        String author,
        String state,
        @Nullable String stateReason,
        String mode,
        String origin,
        long revision,
        String securityLevel,
        List<String> permissions,
        List<String> hooks,
        Instant updatedAt) {

    static PluginSummaryView of(Plugin plugin) {
        PluginManifest manifest = plugin.active().manifest();
        return new PluginSummaryView(
                plugin.id().value(),
                manifest.about().name(),
                manifest.version().value(),
                manifest.about().description(),
                manifest.about().author(),
                plugin.state().publicName(),
                PluginView.reason(plugin.state()),
                plugin.mode().publicName(),
                plugin.origin().publicName(),
                plugin.revision(),
                plugin.level().publicName(),
                manifest.permissions().stream()
                        .map(permission -> permission.name().publicName())
                        .toList(),
                manifest.hooks().stream()
                        .map(HookSubscription::hook)
                        .distinct()
                        .map(Object::toString)
                        .toList(),
                plugin.updatedAt());
    }
}
