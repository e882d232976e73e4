package org.storysign.plugins.rest.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.plugin.DependencyPlan;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.ReleaseStanding;
import org.storysign.plugins.plugin.SealedConfig;

/**
 * A plugin with everything that is wanted of it.
 *
 * @param mode {@code observe} when nothing that it does counts
 * @param origin {@code shared} when its releases are the platform's, which shares them with all tenants
 * @param stateReason why it failed or was quarantined; null in other states
 * @param retryAt when it is tried again that is in quarantine; null in other states
 * @param revision its ETag
 * @param activeRelease the version that serves when the plugin is enabled
 * @param manifest as its author wrote it
 * @param instances how long its instances live: {@code fresh} for one call, {@code pooled} for many, when that was agreed to
 * @param limits what one call may use, in effect
 * @param configSecrets JSON Pointers to the secrets its configuration has; what they are is shown to nobody
 * @param dependencies what has to be enabled before, and what stands in the way
 */
public record PluginView(
        String id,
        String state,
        @Nullable String stateReason,
        @Nullable Instant retryAt,
        String mode,
        String origin,
        long revision,
        String activeRelease,
        JsonNode manifest,
        List<ReleaseView> releases,
        GrantsView grants,
        String securityLevel,
        String instances,
        LimitsView limits,
        DependencyPlan dependencies,
        long configRevision,
        List<String> configSecrets,
        Instant createdAt,
        Instant updatedAt) {

    static PluginView of(Plugin plugin, List<ReleaseStanding> releases, Limits limits, DependencyPlan dependencies) {
        return new PluginView(
                plugin.id().value(),
                plugin.state().publicName(),
                reason(plugin.state()),
                plugin.state() instanceof PluginState.Quarantined quarantined
                        ? quarantined.retryAt().orElse(null)
                        : null,
                plugin.mode().publicName(),
                plugin.origin().publicName(),
                plugin.revision(),
                plugin.active().manifest().version().value(),
                plugin.active().manifest().source(),
                releases.stream().map(ReleaseView::of).toList(),
                GrantsView.of(plugin.grants()),
                plugin.level().publicName(),
                plugin.keepsInstances() ? "pooled" : "fresh",
                LimitsView.of(limits),
                dependencies,
                plugin.configRevision(),
                List.copyOf(SealedConfig.secrets(plugin.config()).keySet()),
                plugin.createdAt(),
                plugin.updatedAt());
    }

    static @Nullable String reason(PluginState state) {
        return switch (state) {
            case PluginState.Failed failed -> failed.reason();
            case PluginState.Quarantined quarantined -> quarantined.reason();
            case PluginState.Installed _, PluginState.Enabling _, PluginState.Enabled _, PluginState.Disabled _ -> null;
        };
    }
}
