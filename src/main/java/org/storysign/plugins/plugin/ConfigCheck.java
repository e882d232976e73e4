package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.WasmModule;
import org.storysign.plugins.wasm.fuel.MeteredModule;
import org.storysign.plugins.wasm.scan.ScannedModule;

/**
 * Whether a plugin accepts its configuration: by its manifest's schema and, if its module exports {@value #EXPORT}, by its own word. That
 * export is called in an instance of its own, under the plugin's limits, and reaches nothing: no platform, network or file. Safe for
 * concurrent use.
 */
@Singleton
public final class ConfigCheck {

    /** Input as {@code initialize} has it; output nothing or {@code {"errors": [{"pointer", "detail"}]}}. */
    static final String EXPORT = "validate_config";

    private final PluginStore store;
    private final PluginLoader loader;
    private final LifecycleCalls guest;
    private final ConfigSecrets secrets;

    @Inject
    public ConfigCheck(PluginStore store, PluginLoader loader, LifecycleCalls guest, ConfigSecrets secrets) {
        this.store = store;
        this.loader = loader;
        this.guest = guest;
        this.secrets = secrets;
    }

    /**
     * The configuration as it is kept, when all accept it. Secrets that were not sent are the present ones.
     *
     * <p>Fails with {@code config-invalid} and every violation, {@code secrets-unavailable}.
     */
    Uni<ObjectNode> accepted(Plugin plugin, ObjectNode sent) {
        return Workers.supply(() -> {
                    ObjectNode open = secrets.open(plugin, SealedConfig.keeping(sent, plugin.config()));
                    EnableRequirements.requireConfig(
                            plugin.id(), plugin.active().manifest(), open);
                    return secrets.sealed(plugin, open);
                })
                .call(kept -> requireOwnWord(plugin.withConfig(kept)));
    }

    /** The plugin with exactly those values sealed that its active release calls secrets; another release may have called others so. */
    Plugin sealedAnew(Plugin plugin) {
        return plugin.completed(secrets.sealed(plugin, secrets.open(plugin)));
    }

    /** The configuration with nothing sealed. Fails with {@code secrets-unavailable}. */
    ObjectNode open(Plugin plugin) {
        return secrets.open(plugin);
    }

    /** Fails with {@code config-invalid} when the plugin does not accept the configuration it has; the schema is not asked. */
    Uni<Void> requireOwnWord(Plugin plugin) {
        return store.artifact(plugin.tenant(), plugin.active().moduleDigest())
                .flatMap(binary -> Workers.supply(() -> binary.flatMap(found -> checking(plugin, found))))
                .flatMap(checking -> checking.map(loaded -> ask(plugin, loaded))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Its module alone, if that has a check. One whose manifest names the export for something else has none. */
    private Optional<EnabledPlugin> checking(Plugin plugin, WasmBinary binary) {
        ScannedModule scanned = ModulePipeline.scan(binary, plugin.level()).orThrow();
        WasmModule module = scanned.module();
        if (!module.shape().isExported(EXPORT)) {
            return Optional.empty();
        }
        HandlerCheck.require(EXPORT, "the check of configurations", module.shape());
        MeteredModule metered = ModulePipeline.meter(scanned);
        return Optional.of(loader.alone(plugin, binary, metered));
    }

    private Uni<Void> ask(Plugin plugin, EnabledPlugin loaded) {
        return guest.call(loaded, EXPORT)
                .invoke(result -> require(plugin, loaded, result))
                .eventually(() -> loaded.module().close())
                .replaceWithVoid();
    }

    private static void require(Plugin plugin, EnabledPlugin loaded, CallResult result) {
        PluginManifest manifest = plugin.active().manifest();
        List<Violation> violations = ConfigVerdict.of(result)
                .withoutSecrets(
                        SealedConfig.secrets(plugin.config()).keySet(),
                        loaded.plugin().config());
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.CONFIG_INVALID,
                    "plugin `" + manifest.id() + "` does not accept the configuration at `"
                            + violations.getFirst().pointer() + "`: "
                            + violations.getFirst().detail(),
                    Map.of(FactKey.PLUGIN, manifest.id().value()),
                    violations);
        }
    }
}
