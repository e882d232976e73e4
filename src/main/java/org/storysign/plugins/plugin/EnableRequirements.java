package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.manifest.ConfigSchema;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

/** What must hold before a plugin is enabled or its configuration replaced, whoever asks. */
final class EnableRequirements {

    /** Larger configurations are refused: what checks them takes time by their size. */
    static final MemorySize LARGEST_CONFIG = MemorySize.ofKiB(64);

    private EnableRequirements() {}

    /**
     * Whether the plugins it depends on are enabled and its configuration is complete. Fails with
     * {@code plugin-state-conflict} or {@code config-invalid}; answers true otherwise.
     *
     * @param config the plugin's configuration, nothing of it sealed
     */
    static boolean check(Plugin wanted, ObjectNode config, List<Plugin> enabled) {
        PluginManifest manifest = wanted.active().manifest();
        manifest.dependencies().forEach((id, range) -> requireDependency(wanted.id(), id, range, enabled));
        ObjectNode complete = new ConfigSchema(manifest.configSchema()).withDefaults(config);
        requireConfig(wanted.id(), manifest, complete);
        return true;
    }

    /** The same for another release of a plugin that is enabled; the plugins that depend on it must fit, too. */
    static boolean checkUpgrade(Plugin wanted, ObjectNode config, List<Plugin> enabled) {
        enabled.forEach(other -> {
            String range = other.active().manifest().dependencies().get(wanted.id());
            Version version = wanted.active().manifest().version();
            if (range != null && !version.satisfies(range)) {
                throw new ProblemException(
                        ProblemCode.PLUGIN_STATE_CONFLICT,
                        "plugin `" + other.id() + "` is enabled and depends on `" + wanted.id() + "` " + range
                                + ", which " + version + " is not; disable it first",
                        Map.of(FactKey.PLUGIN, other.id().value(), FactKey.EXPECTED, range));
            }
        });
        return check(wanted, config, enabled);
    }

    /** Whether a configuration fits the manifest's schema. Fails with {@code config-invalid} and every violation. */
    static void requireConfig(PluginId id, PluginManifest manifest, ObjectNode config) {
        List<Violation> violations = new ArrayList<>();
        int size = config.toString().length();
        if (size > LARGEST_CONFIG.bytes()) {
            violations.add(
                    new Violation("", "has " + size + " characters of JSON, expected at most " + LARGEST_CONFIG));
        } else {
            ConfigSchema schema = new ConfigSchema(manifest.configSchema());
            violations.addAll(schema.check(config));
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.CONFIG_INVALID,
                    "the configuration of plugin `" + id + "` does not fit its schema at `"
                            + violations.getFirst().pointer() + "`: "
                            + violations.getFirst().detail(),
                    Map.of(FactKey.PLUGIN, id.value()),
                    violations);
        }
    }

    private static void requireDependency(PluginId plugin, PluginId id, String range, List<Plugin> enabled) {
        Optional<Version> found = enabled.stream()
                .filter(other -> other.id().equals(id))
                .map(other -> other.active().manifest().version())
                .findFirst();
        if (found.isEmpty() || !found.get().satisfies(range)) {
            throw new ProblemException(
                    ProblemCode.PLUGIN_STATE_CONFLICT,
                    "plugin `" + plugin + "` depends on `" + id + "` " + range + ", "
                            + found.map(version -> "but " + version + " is enabled")
                                    .orElse("which is not enabled; enable it first"),
                    Map.of(FactKey.PLUGIN, id.value(), FactKey.EXPECTED, range));
        }
    }
}
