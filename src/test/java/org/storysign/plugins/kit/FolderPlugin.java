package org.storysign.plugins.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ConfigSchema;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.InMemoryKeyValueStore;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.PlatformTerms;
import org.storysign.plugins.plugin.GuestConfig;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/**
 * A plugin out of its folder, on the way every module takes, under the limits its manifest asks for and with a platform of its own.
 * Guests' clock stands still and their randomness is the same in every call, so a call can be repeated exactly. What is changed by
 * {@code forUser}, {@code configured}, {@code granted} and {@code answering} is a view of the same plugin; closing one closes all.
 */
public record FolderPlugin(
        PluginManifest manifest,
        CompiledModule module,
        ChicoryEngine engine,
        FakePlatform platform,
        Linker linker,
        Grants grants,
        Optional<UserId> user,
        ObjectNode config)
        implements AutoCloseable {

    /** When every call takes place. */
    public static final String NOW = "2026-11-22T12:00:00Z";

    private static final JsonMapper JSON = new JsonMapper();
    private static final long SEED = 20_261_122;
    private static final InvocationId INVOCATION = new InvocationId(new UUID(1, 2));

    /** What a module's imports from the platform are. */
    @FunctionalInterface
    public interface Linker {

        List<HostFunction> link(PlatformTerms terms, List<ImportedFunction> imports);
    }

    /** Answers for all functions of the platform. */
    @FunctionalInterface
    public interface Answers {

        byte[] to(String function, byte[] input) throws IOException;
    }

    /** With everything its manifest asks for, for no user. */
    public static FolderPlugin load(Path folder, Tiering tiering) {
        PluginManifest manifest = new ManifestReader().read(bytes(folder.resolve("manifest.json")));
        ChicoryEngine engine = new ChicoryEngine(tiering);
        CompiledModule module = engine.compile(new FuelInstrumenter(CostTable.CURRENT)
                .meter(Modules.scanned(bytes(folder.resolve(manifest.entryPoint())))));
        Set<PermissionName> names =
                manifest.permissions().stream().map(Permission::name).collect(Collectors.toSet());
        FakePlatform platform = new FakePlatform();
        return new FolderPlugin(
                manifest,
                module,
                engine,
                platform,
                new PlatformGate(platform.functions())::link,
                new Grants(names, Set.of(), Set.of()),
                Optional.empty(),
                JSON.createObjectNode());
    }

    public FolderPlugin forUser(String id) {
        return new FolderPlugin(
                manifest, module, engine, platform, linker, grants, Optional.of(new UserId(id)), config);
    }

    public FolderPlugin configured(String json) {
        return new FolderPlugin(manifest, module, engine, platform, linker, grants, user, object(json));
    }

    public FolderPlugin granted(PermissionName... names) {
        return new FolderPlugin(manifest, module, engine, platform, linker, Grants.of(names), user, config);
    }

    /** The same, as if nobody had ever called it. */
    public FolderPlugin onNewPlatform() {
        FakePlatform another = new FakePlatform();
        return new FolderPlugin(
                manifest, module, engine, another, new PlatformGate(another.functions())::link, grants, user, config);
    }

    /** The same, which reaches no platform: what it is answered is made up. */
    public FolderPlugin answering(Answers answers) {
        Linker made = (terms, imports) -> imports.stream()
                .filter(imported -> imported.module().equals(UserFunctions.MODULE))
                .map(imported -> UserFunctions.of(imported.name(), (call, input) -> {
                    try {
                        return answers.to(imported.name(), input);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .toList();
        return new FolderPlugin(manifest, module, engine, platform, made, grants, user, config);
    }

    /** The same, which gets this problem for every call of the platform. */
    public FolderPlugin refused(String code, String message) {
        byte[] answer = object("{\"error\": {\"code\": \"" + code + "\", \"message\": \"" + message + "\"}}")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return answering((function, input) -> answer);
    }

    public InMemoryKeyValueStore store() {
        return platform.storage();
    }

    /** Calls an export on a guest thread, in a sandbox of its own. Time is ample: machines may be busy. */
    public CallResult call(String export, byte[] input) {
        Limits limits = manifest.limits().lower(SecurityLevel.STANDARD.limits()).withRunTime(Duration.ofMinutes(2));
        PlatformTerms terms = new PlatformTerms(
                TenantId.DEFAULT,
                manifest.id(),
                manifest.version().value(),
                manifest.permissions(),
                grants,
                SecurityLevel.STANDARD.data());
        CallRequest request = new CallRequest(
                module,
                export,
                input,
                limits,
                new CallContext(TenantId.DEFAULT, user, manifest.id(), INVOCATION, 0),
                GuestConfig.of(effectiveConfig()),
                linker.link(terms, module.shape().imports()),
                HttpAccess.NONE,
                new Cancellation());
        ExtismKernel kernel = new ExtismKernel(new TestClock(), new Random(SEED));
        try (Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine(), kernel)) {
            return sandbox.submit(TenantId.DEFAULT, manifest.id(), () -> sandbox.call(request))
                    .join();
        }
    }

    public CallResult call(String export, String input) {
        return call(export, input.getBytes(StandardCharsets.UTF_8));
    }

    /** Calls a hook's handler as the service does; {@code fields} are those that differ, such as {@code "result": 1}. */
    public CallResult hook(String handler, String fields) {
        ObjectNode input = object("{\"hook_name\": \"hook\", \"type\": \"any\", \"target\": null, \"args\": [],"
                + " \"kwargs\": {}, \"result\": null}");
        input.setAll(object("{" + fields + "}"));
        ObjectNode context = JSON.createObjectNode();
        context.put("user_id", user.map(Object::toString).orElse(null));
        context.put("session_id", "s-1").put("module_name", "asl-world").putNull("request_data");
        context.put("plugin_id", manifest.id().value()).put("tenant", TenantId.DEFAULT.value());
        context.set("config", effectiveConfig());
        context.put("timestamp", NOW).put("invocation_id", INVOCATION.toString());
        context.setAll(input.has("context") ? (ObjectNode) input.get("context") : JSON.createObjectNode());
        input.set("context", context);
        return call(handler, input.toString());
    }

    /** What a call gives, as text; fails when it trapped. */
    public static String output(CallResult result) {
        return switch (result) {
            case CallResult.Returned returned -> new String(returned.output(), StandardCharsets.UTF_8);
            case CallResult.Trapped trapped ->
                throw new AssertionError("trapped: " + trapped.trap().message());
        };
    }

    /** What a call logged: {@code INFO text}. */
    public static List<String> log(CallResult result) {
        return result.log().stream()
                .map(line -> line.level() + " " + line.text())
                .toList();
    }

    @Override
    public void close() {
        module.close();
        engine.close();
    }

    private ObjectNode effectiveConfig() {
        return new ConfigSchema(manifest.configSchema()).withDefaults(config);
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
