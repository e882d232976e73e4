package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.manifest.ConfigSchema;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.FileStore;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.PlatformTerms;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.Engine;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.InstancePool;
import org.storysign.plugins.sandbox.Placement;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** Makes stored plugins ready to run: artifact, pipeline, links, engine. Safe for concurrent use. */
@Singleton
public final class PluginLoader {

    private final PluginStore store;
    private final PlatformGate gate;
    private final OutboundHttp http;
    private final Engine engine;
    private final FileStore files;
    private final ReleaseSignatures signatures;
    private final ConfigSecrets secrets;
    private final DigestBlocks blocks;
    private final LoadGuard guard;

    @Inject
    public PluginLoader(
            PluginStore store,
            PlatformGate gate,
            OutboundHttp http,
            FileStore files,
            Engine engine,
            ReleaseSignatures signatures,
            ConfigSecrets secrets,
            DigestBlocks blocks,
            LoadGuard guard) {
        this.store = store;
        this.files = files;
        this.signatures = signatures;
        this.secrets = secrets;
        this.blocks = blocks;
        this.guard = guard;
        this.gate = gate;
        this.http = http;
        this.engine = engine;
    }

    /**
     * Loads with the grants and level that {@code plugin} has. Fails with {@code ProblemException}: what stops the module,
     * {@code permission-not-granted} when it imports a function it was not granted, {@code digest-mismatch}, {@code signature-required} or
     * {@code signature-rejected} when what is stored is not what was agreed to and signed, {@code digest-blocked}, {@code secrets-unavailable},
     * {@code module-crashes}.
     */
    Uni<EnabledPlugin> load(Plugin plugin) {
        return requireNotBlocked(plugin).chain(() -> guard.watch(plugin, () -> loadUnwatched(plugin)));
    }

    private Uni<EnabledPlugin> loadUnwatched(Plugin plugin) {
        return Uni.createFrom()
                .deferred(() -> store.artifact(plugin.tenant(), plugin.active().moduleDigest()))
                .map(found -> found.orElseThrow(() -> lost(plugin)))
                .call(binary -> signatures.require(plugin, binary.digest()))
                .flatMap(binary ->
                        content(plugin).flatMap(content -> Workers.supply(() -> load(plugin, binary, content))));
    }

    /** The same offer, of a level that can be run here. Fails with {@code level-unavailable}. */
    EnableOffer available(EnableOffer offer) {
        engine.requireAvailable(offer.level());
        return offer;
    }

    /** Lets the plugin's module be loaded again at which processes died. */
    Uni<Void> forgive(Plugin plugin) {
        return guard.forgive(plugin);
    }

    /** Fails with {@code digest-blocked} when the plugin's active release must not run. */
    Uni<Void> requireNotBlocked(Plugin plugin) {
        return blocks.require(plugin.tenant(), plugin.active());
    }

    /** {@link #again}, unless its signatures count no more. */
    Uni<EnabledPlugin> stillSigned(Plugin plugin, EnabledPlugin loaded) {
        return signatures.require(plugin, plugin.active().moduleDigest()).map(signed -> again(plugin, loaded));
    }

    /**
     * As it serves with another state or configuration, its code as it is. Instances that were kept may remember the configuration
     * they were called with, so another one begins without them.
     */
    EnabledPlugin again(Plugin plugin, EnabledPlugin loaded) {
        boolean sameConfig = plugin.configRevision() == loaded.plugin().configRevision();
        return new EnabledPlugin(
                withDefaults(plugin),
                loaded.limits(),
                loaded.module(),
                loaded.functions(),
                loaded.http(),
                loaded.files(),
                sameConfig ? loaded.pool() : pool(plugin));
    }

    private static Optional<InstancePool> pool(Plugin plugin) {
        return plugin.keepsInstances() ? Optional.of(new InstancePool(plugin.tenant(), plugin.id())) : Optional.empty();
    }

    /** The package's files, for a plugin that may read them: at most 2 MiB, kept while it serves. */
    private Uni<Map<String, byte[]>> content(Plugin plugin) {
        Map<String, byte[]> content = new HashMap<>();
        if (!plugin.grants().allows(PermissionName.FILESYSTEM_READ)) {
            return Uni.createFrom().item(content);
        }
        return Multi.createFrom()
                .iterable(plugin.active().manifest().files().entrySet())
                .onItem()
                .transformToUniAndConcatenate(file -> store.file(plugin.tenant(), file.getValue())
                        .invoke(found -> content.put(file.getKey(), found.orElseThrow(() -> lost(plugin)))))
                .collect()
                .last()
                .replaceWith(content);
    }

    /** Its module alone: linked to the platform's functions as one to which everything is refused, without network and files. */
    EnabledPlugin alone(Plugin plugin, WasmBinary binary, MeteredModule metered) {
        PluginManifest manifest = plugin.active().manifest();
        return new EnabledPlugin(
                withDefaults(plugin),
                manifest.limits().lower(plugin.level().limits()),
                engine.compile(metered, placement(plugin, binary)),
                gate.linkRefused(terms(plugin), metered.shape().imports()),
                HttpAccess.NONE);
    }

    private static Placement placement(Plugin plugin, WasmBinary binary) {
        return new Placement(plugin.tenant(), plugin.id(), plugin.level(), binary);
    }

    private static PlatformTerms terms(Plugin plugin) {
        PluginManifest manifest = plugin.active().manifest();
        return new PlatformTerms(
                plugin.tenant(),
                plugin.id(),
                manifest.version().value(),
                manifest.permissions(),
                plugin.grants(),
                plugin.level().data());
    }

    private EnabledPlugin load(Plugin plugin, WasmBinary binary, Map<String, byte[]> content) {
        PluginManifest manifest = plugin.active().manifest();
        MeteredModule metered = ModulePipeline.meter(binary, plugin.level());
        PlatformTerms terms = terms(plugin);
        return new EnabledPlugin(
                withDefaults(plugin),
                manifest.limits().lower(plugin.level().limits()),
                engine.compile(metered, placement(plugin, binary)),
                gate.link(terms, metered.shape().imports()),
                gate.http(http.accessFor(plugin.grants()), terms),
                gate.files(files, content, terms),
                pool(plugin));
    }

    /** With its secrets open, for the guest alone, and its schema's defaults. */
    private Plugin withDefaults(Plugin plugin) {
        ConfigSchema schema = new ConfigSchema(plugin.active().manifest().configSchema());
        return plugin.completed(schema.withDefaults(secrets.open(plugin)));
    }

    private static ProblemException lost(Plugin plugin) {
        return new ProblemException(
                ProblemCode.INTERNAL_ERROR,
                "what belongs to the package of plugin `" + plugin.id() + "` is not in the database",
                Map.of(FactKey.DIGEST, plugin.active().moduleDigest().value()));
    }
}
