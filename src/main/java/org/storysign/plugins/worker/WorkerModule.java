package org.storysign.plugins.worker;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.CompiledModule;
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
import org.storysign.plugins.wasm.scan.ModuleScanner;
import org.storysign.plugins.wasm.scan.ScanPolicy;

/** The one module of a worker, in a sandbox of its own that makes one call at a time. Used in the worker. */
final class WorkerModule {

    /** For whom it runs stays in the service: here everybody is the same. */
    private static final TenantId NOBODY = new TenantId("nobody");

    private static final PluginId ITSELF = new PluginId("itself");

    private final Sandbox sandbox;
    private final CompiledModule module;

    /** Throws what the pipeline and the engine throw. */
    WorkerModule(WasmBinary binary, SecurityLevel level, RandomGenerator random) {
        module = new ChicoryEngine(Tiering.COMPILED)
                .compile(new FuelInstrumenter(CostTable.CURRENT)
                        .meter(ModuleScanner.scan(
                                        ModuleReader.read(Preflight.check(binary, level.code())), ScanPolicy.of(level))
                                .orThrow()));
        sandbox = new Sandbox(
                SandboxConfig.ofThisMachine()
                        .withProcessors(1)
                        .withDeepestCall(level.limits().callDepth())
                        .withMemory(reserve(level.limits())),
                new ExtismKernel(InstantSource.system(), random));
    }

    /** So much that a call alone is never refused any for others' sake: its array, the next larger one, what is kept for small calls. */
    private static MemorySize reserve(Limits limits) {
        return new MemorySize(4 * limits.memory().bytes());
    }

    CallResult run(CallOrder order, Pipe pipe) {
        GuestSide guest = new GuestSide(pipe, order);
        CallRequest request = new CallRequest(
                        module,
                        order.export(),
                        order.input(),
                        order.limits(),
                        context(order.dryRun()),
                        order.config(),
                        order.functions().stream().map(guest::function).toList(),
                        HttpAccess.NONE,
                        new Cancellation(),
                        Optional.empty())
                .with(context -> guest.files());
        return sandbox.submit(NOBODY, ITSELF, () -> order.onlyTrial() ? sandbox.trial(request) : sandbox.call(request))
                .join();
    }

    private static CallContext context(boolean dryRun) {
        return new CallContext(
                NOBODY, Optional.empty(), ITSELF, InvocationId.random(), 0, UserReach.CALLS_USER, dryRun);
    }

    /** Calls both exports of the module that every worker begins with, so that all code of the way is loaded. */
    void warmUp(Pipe nowhere) {
        Stream.of("warm", "trap")
                .map(export -> new CallOrder(
                        false,
                        export,
                        new byte[1],
                        SecurityLevel.ISOLATED.limits(),
                        false,
                        Map.of(),
                        List.of(),
                        List.of()))
                .forEach(order -> run(order, nowhere));
    }
}
