package org.storysign.plugins.worker;

import java.util.concurrent.CompletionException;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.Placement;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/** A sandbox whose plugins of level isolated run in workers, as in the service. */
final class WorkerArena implements AutoCloseable {

    private final WorkerPool workers;
    private final PlacedEngine engine;
    private final Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());
    private final FuelInstrumenter instrumenter = new FuelInstrumenter(CostTable.CURRENT);

    WorkerArena(WorkerTerms terms) {
        workers = new WorkerPool(terms);
        engine = new PlacedEngine(new ChicoryEngine(Tiering.COMPILED), workers);
    }

    WorkerPool workers() {
        return workers;
    }

    /** The module of a plugin at level isolated. Throws what the pipeline throws. */
    CompiledModule module(byte[] module, TenantId tenant, PluginId plugin) {
        return module(module, tenant, plugin, SecurityLevel.ISOLATED);
    }

    CompiledModule module(byte[] module, TenantId tenant, PluginId plugin, SecurityLevel level) {
        return engine.compile(
                instrumenter.meter(Modules.scanned(module, level)),
                new Placement(tenant, plugin, level, new WasmBinary(module)));
    }

    CompiledModule module(TestCall call) {
        return module(
                Wat.assemble(call.wat()),
                call.context().tenant(),
                call.context().plugin());
    }

    /** Makes the call under the limits it has. Throws the {@code ProblemException} it is refused with. */
    CallResult call(CompiledModule module, TestCall call) {
        try {
            return sandbox.submit(
                            call.context().tenant(), call.context().plugin(), () -> sandbox.call(call.request(module)))
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw failed;
        }
    }

    /** Makes the call of a module that is there for it alone. */
    CallResult call(TestCall call) {
        try (CompiledModule module = module(call)) {
            return call(module, call);
        }
    }

    @Override
    public void close() {
        sandbox.close();
        engine.close();
    }
}
