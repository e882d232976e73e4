package org.storysign.plugins.hostile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.Engine;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Placement;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** Where hostile plugins run: one engine, one sandbox, the real kernel, one platform function. */
final class Arena implements AutoCloseable {

    private static final PluginId PLUGIN = new PluginId("hostile");
    private static final List<HostFunction> PLATFORM = List.of(UserFunctions.of(
            "user_get", (call, input) -> "{\"ok\":{}}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    private final Engine engine;
    private final Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());
    private final FuelInstrumenter instrumenter = new FuelInstrumenter(CostTable.CURRENT);

    Arena(Tiering tiering) {
        this(new ChicoryEngine(tiering));
    }

    /** The engine is closed with it. */
    Arena(Engine engine) {
        this.engine = engine;
    }

    /** Installs and calls it, as far as it gets. */
    Ending fight(HostilePlugin plugin, Limits limits) {
        try (CompiledModule module =
                compile(instrumenter.meter(Modules.scanned(plugin.module(), plugin.level())), plugin)) {
            CallRequest request = new CallRequest(
                    module,
                    plugin.export(),
                    plugin.input(),
                    limits,
                    new CallContext(TenantId.DEFAULT, Optional.empty(), PLUGIN, InvocationId.random(), 0),
                    Map.of("greeting", "hello"),
                    PLATFORM,
                    HttpAccess.NONE,
                    new Cancellation());
            return Ending.of(sandbox.submit(TenantId.DEFAULT, PLUGIN, () -> sandbox.call(request))
                    .join());
        } catch (ProblemException refused) {
            return Ending.of(refused);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ProblemException refused) {
                return Ending.of(refused);
            }
            throw failed;
        }
    }

    /** An engine without workers is asked to run it here, whatever its level. */
    private CompiledModule compile(MeteredModule module, HostilePlugin plugin) {
        return engine instanceof ChicoryEngine
                ? engine.compile(module)
                : engine.compile(
                        module,
                        new Placement(TenantId.DEFAULT, PLUGIN, plugin.level(), new WasmBinary(plugin.module())));
    }

    @Override
    public void close() {
        sandbox.close();
        engine.close();
    }
}
