package org.storysign.plugins.bench;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.GateKeeping;
import org.storysign.plugins.platform.GateListener;
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
 * What a plugin that only computes loses when fifty calls of others sleep in host functions: its calls a second with and without
 * them, in turns, and their medians. Run by {@code deploy/bench/run --neighbours}.
 */
public final class SleepingNeighbours {

    private static final int SLEEPERS = 50;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(4);

    private static final String SLEEPING = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
              (import "extism:host/user" "sleep" (func $sleep (param i64) (result i64)))
              (memory (export "memory") 1)
              (func (export "run") (local $input i64)
                (local.set $input (call $alloc (i64.const 2)))
                (call $store (local.get $input) (i32.const 123))
                (call $store (i64.add (local.get $input) (i64.const 1)) (i32.const 125))
                (drop (call $sleep (local.get $input)))))""";

    private static final String COMPUTING = """
            (module
              (memory (export "memory") 1)
              (func $fib (param i32) (result i32)
                (if (result i32) (i32.lt_s (local.get 0) (i32.const 2)) (then (local.get 0))
                  (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
              (func (export "run") (drop (call $fib (i32.const 20)))))""";

    private final ChicoryEngine engine = new ChicoryEngine(Tiering.COMPILED);
    private final Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());
    private final CallRequest computing = request(COMPUTING);
    private final CallRequest sleeping = request(SLEEPING, sleep());

    private SleepingNeighbours() {}

    /** Prints calls a second of each round and their medians. */
    public static void main(String[] arguments) {
        new SleepingNeighbours().measure();
    }

    private void measure() {
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        callsASecond();
        for (int round = 0; round < ROUNDS; round++) {
            alone.add(callsASecond());
            List<CompletableFuture<CallResult>> sleepers =
                    IntStream.range(0, SLEEPERS).mapToObj(this::sleeper).toList();
            beside.add(callsASecond());
            sleepers.forEach(SleepingNeighbours::requireReturned);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: alone %.0f, beside %d sleepers %.0f calls/s%n",
                    round,
                    alone.getLast(),
                    SLEEPERS,
                    beside.getLast());
        }
        System.out.printf(
                Locale.ROOT,
                "median: alone %.0f, beside %d sleepers %.0f calls/s, ratio %.3f%n",
                median(alone),
                SLEEPERS,
                median(beside),
                median(beside) / median(alone));
        sandbox.close();
        engine.close();
    }

    private double callsASecond() {
        long begun = System.nanoTime();
        int calls = 0;
        while (System.nanoTime() - begun < ROUND.toNanos()) {
            requireReturned(sandbox.submit(TenantId.DEFAULT, new PluginId("computing"), () -> sandbox.call(computing)));
            calls++;
        }
        return calls * 1e9 / (System.nanoTime() - begun);
    }

    /** Each of another plugin, so that none is refused for waiting in a queue of its own. */
    private CompletableFuture<CallResult> sleeper(int number) {
        return sandbox.submit(TenantId.DEFAULT, new PluginId("sleeping-" + number), () -> sandbox.call(sleeping));
    }

    private static void requireReturned(CompletableFuture<CallResult> call) {
        if (call.join() instanceof CallResult.Trapped trapped) {
            throw new IllegalStateException(trapped.trap().message());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** Sleeps a little longer than a round, in as many calls at once as there are sleepers. */
    private HostFunction sleep() {
        PlatformFunction function = new PlatformFunction(
                "sleep",
                PlatformService.STORAGE,
                Set.of(PermissionName.STORAGE_READ),
                Set.of(),
                (call, input) -> call.waiting(() -> {
                    TimeUnit.NANOSECONDS.sleep(ROUND.plusMillis(500).toNanos());
                    return BooleanNode.TRUE;
                }));
        PlatformGate gate = new PlatformGate(
                List.of(function),
                new GateKeeping(
                        Map.of(
                                PlatformService.STORAGE,
                                PlatformService.STORAGE
                                        .usual()
                                        .withAtOnce(SLEEPERS)
                                        .withLongestWait(Duration.ofMinutes(1))),
                        QuotaLedger.UNLIMITED,
                        Clock.systemUTC(),
                        GateListener.NONE));
        PlatformTerms terms = new PlatformTerms(
                TenantId.DEFAULT,
                new PluginId("sleeping"),
                "1.0.0",
                List.of(),
                Grants.of(PermissionName.STORAGE_READ),
                SecurityLevel.MINIMAL.data());
        return gate.link(terms, compiled(SLEEPING).shape().imports()).getFirst();
    }

    private CallRequest request(String wat, HostFunction... functions) {
        return TestCall.of("")
                .functions(functions)
                .limits(standard -> SecurityLevel.MINIMAL.limits().withMemory(MemorySize.ofMiB(16)))
                .request(compiled(wat));
    }

    private CompiledModule compiled(String wat) {
        return engine.compile(new FuelInstrumenter(CostTable.CURRENT)
                .meter(Modules.scanned(Wat.assemble(wat), SecurityLevel.MINIMAL)));
    }
}
