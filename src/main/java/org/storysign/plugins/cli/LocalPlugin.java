package org.storysign.plugins.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ConfigSchema;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.PlatformTerms;
import org.storysign.plugins.platform.memory.InMemoryFiles;
import org.storysign.plugins.plugin.GuestConfig;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.GuestFiles;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.ModuleReader;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;
import org.storysign.plugins.wasm.scan.ModuleScanner;
import org.storysign.plugins.wasm.scan.ScanPolicy;

/**
 * A plugin that runs in this process, granted everything its manifest asks for; the network stays out of its reach. Closing gives the
 * engine back.
 */
final class LocalPlugin implements AutoCloseable {

    private final PluginManifest manifest;
    private final Wishes wishes;
    private final Limits limits;
    private final ChicoryEngine engine = new ChicoryEngine(Tiering.COMPILED);
    private final Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine().withProcessors(1), new ExtismKernel());
    private final CompiledModule module;
    private final List<HostFunction> functions;
    private final GuestFiles files;

    /** What the person at the keyboard decides; the rest is as the manifest and its level say. */
    record Wishes(Optional<SecurityLevel> level, Optional<Fuel> fuel, Optional<UserId> user, ObjectNode config) {}

    private LocalPlugin(PluginManifest manifest, WasmBinary binary, Map<String, byte[]> content, Wishes wishes) {
        this.manifest = manifest;
        this.wishes = wishes;
        SecurityLevel level =
                wishes.level().or(() -> manifest.sandbox().level()).orElse(SecurityLevel.STANDARD);
        Limits asked = manifest.limits().lower(level.limits());
        this.limits =
                wishes.fuel().map(fuel -> asked.withFuel(fuel).atMost(asked)).orElse(asked);
        MeteredModule metered = meter(binary, level);
        PlatformGate gate = new PlatformGate(LocalFunctions.all());
        PlatformTerms terms = new PlatformTerms(
                TenantId.DEFAULT,
                manifest.id(),
                manifest.version().value(),
                manifest.permissions(),
                everything(manifest),
                level.data());
        this.functions = gate.link(terms, metered.shape().imports());
        this.files = gate.files(new InMemoryFiles(InstantSource.system()), content, terms);
        this.module = engine.compile(metered);
    }

    /** Fails with {@code ProblemException} as an installation or enabling would. */
    static LocalPlugin load(PluginPackage upload, Wishes wishes) {
        PluginManifest manifest = new ManifestReader().read(upload.manifest());
        List<Violation> wrong = new ConfigSchema(manifest.configSchema()).check(wishes.config());
        if (!wrong.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.CONFIG_INVALID, "the configuration does not fit `config_schema`", Map.of(), wrong);
        }
        Map<String, byte[]> content = new HashMap<>();
        upload.files()
                .paths()
                .forEach(path -> content.put(path, upload.files().content(path).orElseThrow()));
        return new LocalPlugin(manifest, new WasmBinary(upload.module()), content, wishes);
    }

    /** Calls the export; fails with {@code export-missing}, {@code export-mistyped} or {@code input-too-large}. */
    CallResult call(String export, byte[] input) {
        CallContext context = new CallContext(TenantId.DEFAULT, wishes.user(), manifest.id(), InvocationId.random(), 0);
        ObjectNode config = new ConfigSchema(manifest.configSchema()).withDefaults(wishes.config());
        CallRequest request = new CallRequest(
                        module,
                        export,
                        input,
                        limits,
                        context,
                        GuestConfig.of(config),
                        functions,
                        HttpAccess.NONE,
                        new Cancellation())
                .with(files);
        try {
            return sandbox.submit(TenantId.DEFAULT, manifest.id(), () -> sandbox.call(request))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandMisused("interrupted.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw new IllegalStateException("the sandbox failed", e.getCause());
        }
    }

    private static MeteredModule meter(WasmBinary binary, SecurityLevel level) {
        return new FuelInstrumenter(CostTable.CURRENT)
                .meter(ModuleScanner.scan(
                                ModuleReader.read(Preflight.check(binary, level.code())), ScanPolicy.of(level))
                        .orThrow());
    }

    private static Grants everything(PluginManifest manifest) {
        Set<PermissionName> names = EnumSet.noneOf(PermissionName.class);
        Set<String> hosts = new HashSet<>();
        Set<String> methods = new HashSet<>();
        for (Permission permission : manifest.permissions()) {
            names.add(permission.name());
            if (permission instanceof Permission.Network network) {
                hosts.addAll(network.hosts());
                methods.addAll(network.methods());
            }
        }
        return new Grants(names, hosts, methods);
    }

    @Override
    public void close() {
        module.close();
        sandbox.close();
        engine.close();
    }
}
