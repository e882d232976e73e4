package org.storysign.plugins.bench;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.Denials;
import org.storysign.plugins.platform.GateKeeping;
import org.storysign.plugins.platform.PlatformFunction;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.PlatformTerms;
import org.storysign.plugins.platform.QuotaLedger;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/**
 * What one call of a host function costs: with nothing between, and through the gate with its questions of permission, quota and
 * JSON. The guest makes 1,000 calls in one of its own. Run by {@code deploy/bench/run --calls HostCallBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 7, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:-DontCompileHugeMethods", "--enable-native-access=ALL-UNNAMED", "-Xmx1g"})
public class HostCallBenchmark {

    private static final int CALLS = 1_000;
    private static final byte[] ANSWER = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);

    /** Calls {@code work} so often with a block of {@code {}} and frees what it answers. */
    private static final String GUEST = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "free" (func $free (param i64)))
              (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
              (import "extism:host/user" "work" (func $work (param i64) (result i64)))
              (memory (export "memory") 1)
              (func (export "run")
                (local $left i32) (local $input i64)
                (local.set $left (i32.const %d))
                (local.set $input (call $alloc (i64.const 2)))
                (call $store (local.get $input) (i32.const 123))
                (call $store (i64.add (local.get $input) (i64.const 1)) (i32.const 125))
                (loop $again
                  (call $free (call $work (local.get $input)))
                  (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))""".formatted(CALLS);

    private final ChicoryEngine engine = new ChicoryEngine(Tiering.COMPILED);
    private final Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());

    @SuppressWarnings("NullAway.Init") // before all benchmarks
    private CallRequest bare;

    @SuppressWarnings("NullAway.Init")
    private CallRequest gated;

    @Setup
    public void link() {
        CompiledModule module = engine.compile(new FuelInstrumenter(CostTable.CURRENT)
                .meter(Modules.scanned(Wat.assemble(GUEST), SecurityLevel.MINIMAL)));
        bare = request(module, UserFunctions.of("work", (call, input) -> ANSWER));
        PlatformFunction noop = new PlatformFunction(
                "work",
                PlatformService.STORAGE,
                Set.of(PermissionName.STORAGE_READ),
                Set.of(),
                (call, input) -> BooleanNode.TRUE);
        PlatformGate gate = new PlatformGate(
                List.of(noop),
                new GateKeeping(
                        Map.of(
                                PlatformService.STORAGE,
                                PlatformService.STORAGE.usual().withCallsADay(Long.MAX_VALUE)),
                        QuotaLedger.UNLIMITED,
                        Clock.systemUTC(),
                        new Denials(Clock.systemUTC())));
        PlatformTerms terms = new PlatformTerms(
                TenantId.DEFAULT,
                new PluginId("bench"),
                "1.0.0",
                List.of(),
                Grants.of(PermissionName.STORAGE_READ),
                SecurityLevel.MINIMAL.data());
        gated = request(module, gate.link(terms, module.shape().imports()).getFirst());
    }

    private static CallRequest request(CompiledModule module, HostFunction function) {
        return TestCall.of("")
                .functions(function)
                .limits(standard -> SecurityLevel.MINIMAL.limits())
                .request(module);
    }

    @TearDown
    public void close() {
        sandbox.close();
        engine.close();
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public CallResult bareHostCall() {
        return call(bare);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public CallResult hostCallThroughTheGate() {
        return call(gated);
    }

    private CallResult call(CallRequest request) {
        CallResult result = sandbox.submit(
                        request.context().tenant(), request.context().plugin(), () -> sandbox.call(request))
                .join();
        if (result instanceof CallResult.Trapped trapped) {
            throw new IllegalStateException(trapped.trap().message());
        }
        return result;
    }
}
