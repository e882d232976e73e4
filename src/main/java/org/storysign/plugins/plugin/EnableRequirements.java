package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.manifest.ConfigSchema;
import org.storysign.plugins.manifest.PluginManifest;
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
     * Whether its configuration is complete. Fails with {@code config-invalid}; answers true otherwise.
     *
     * @param config the plugin's configuration, nothing of it sealed
     */
    static boolean check(Plugin wanted, ObjectNode config) {
        PluginManifest manifest = wanted.active().manifest();
        ObjectNode complete = new ConfigSchema(manifest.configSchema()).withDefaults(config);
        requireConfig(wanted.id(), manifest, complete);
        return true;
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
}
