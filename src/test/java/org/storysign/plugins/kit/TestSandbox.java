package org.storysign.plugins.kit;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CallingConvention;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/**
 * A sandbox with the Extism kernel on one of the engines, for tests: {@code TestSandbox.on(Tiering.COMPILED).call(TestCall.of(wat))}
 * takes a module in the text format through all steps, as install does, and runs it. One for each engine and JVM.
 */
public final class TestSandbox {

    private static final Map<Tiering, TestSandbox> SHARED = new EnumMap<>(Tiering.class);

    private final ChicoryEngine engine;
    private final Sandbox sandbox;
    private final Map<String, CompiledModule> modules = new ConcurrentHashMap<>();

    public TestSandbox(Tiering tiering, SandboxConfig config) {
        this(tiering, config, new ExtismKernel());
    }

    public TestSandbox(Tiering tiering, SandboxConfig config, CallingConvention convention) {
        this.engine = new ChicoryEngine(tiering);
        this.sandbox = new Sandbox(LimitSwitch.plugged(config), convention);
    }

    /** The shared sandbox on that engine. */
    public static synchronized TestSandbox on(Tiering tiering) {
        return SHARED.computeIfAbsent(tiering, way -> new TestSandbox(way, SandboxConfig.ofThisMachine()));
    }

    /** Runs the call on a guest thread and waits for its result. */
    public CallResult call(TestCall call) {
        return start(call).join();
    }

    /** Runs the call on other bytes than those of its text. */
    public CallResult call(TestCall call, byte[] module) {
        try (CompiledModule compiled = compile(module)) {
            return sandbox.submit(
                            call.context().tenant(),
                            call.context().plugin(),
                            () -> sandbox.call(call.request(compiled)))
                    .join();
        }
    }

    /** What the call gives; fails when it traps. */
    public byte[] output(TestCall call) {
        return switch (call(call)) {
            case CallResult.Returned returned -> returned.output();
            case CallResult.Trapped trapped ->
                throw new AssertionError("trapped: " + trapped.trap().message());
        };
    }

    /** What stops the call; fails when it returns. */
    public Trap trap(TestCall call) {
        return switch (call(call)) {
            case CallResult.Returned returned -> throw new AssertionError("returned: " + returned.usage());
            case CallResult.Trapped trapped -> trapped.trap();
        };
    }

    /** Runs the call on a guest thread. */
    public CompletableFuture<CallResult> start(TestCall call) {
        CompiledModule module = module(call.wat());
        return sandbox.submit(
                call.context().tenant(), call.context().plugin(), module, () -> sandbox.call(call.request(module)));
    }

    /** A module in the text format, checked at level MINIMAL, metered and compiled; kept for the next time. */
    public CompiledModule module(String wat) {
        return modules.computeIfAbsent(wat, text -> compile(Wat.assemble(text)));
    }

    private CompiledModule compile(byte[] module) {
        return engine.compile(
                new FuelInstrumenter(CostTable.CURRENT).meter(Modules.scanned(module, SecurityLevel.MINIMAL)));
    }

    public Sandbox sandbox() {
        return sandbox;
    }
}
