package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Map;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.manifest.Version;

/**
 * A plugin as others depend on it.
 *
 * @param version of its active release, or of the one that is to become active
 * @param needs what it depends on, with the range of versions
 * @param enabled whether it serves
 * @param releases versions it has, oldest first; may be empty where nobody asked for them
 */
record Dependency(PluginId id, Version version, Map<PluginId, String> needs, boolean enabled, List<Version> releases) {

    Dependency {
        needs = Map.copyOf(needs);
        releases = List.copyOf(releases);
    }

    static Dependency of(Plugin plugin, List<Version> releases) {
        boolean enabled = plugin.state() instanceof PluginState.Enabled;
        return of(plugin.active().manifest(), enabled, releases);
    }

    static Dependency of(PluginManifest manifest, boolean enabled, List<Version> releases) {
        return new Dependency(manifest.id(), manifest.version(), manifest.dependencies(), enabled, releases);
    }
}
