package org.storysign.plugins.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/** A guest that counts its calls, called in instances that are kept and in fresh ones. */
@Timeout(120)
abstract class KeptInstances {

    static final PluginId PLUGIN = new PluginId("test-plugin");

    /** {@code count} gives how often it was called, as a global, memory and a variable know it. */
    static final String COUNTS = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "length" (func $length (param i64) (result i64)))
              (import "extism:host/env" "load_u64" (func $load (param i64) (result i64)))
              (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (import "extism:host/env" "error_set" (func $error (param i64)))
              (import "extism:host/env" "error_get" (func $error_get (result i64)))
              (import "extism:host/env" "var_get" (func $var_get (param i64) (result i64)))
              (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
              (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory 1)
              (global $count (mut i64) (i64.const 0))
              (global $initialised (mut i64) (i64.const 0))
              (global $block (mut i64) (i64.const 0))
              (global $busy (mut i32) (i32.const 0))
              (func $count_up
                (global.set $count (i64.add (global.get $count) (i64.const 1)))
                (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1))))
              (func $key (result i64) (local $block i64)
                (local.set $block (call $alloc (i64.const 8)))
                (call $store (local.get $block) (i64.const 7))
                (local.get $block))
              (func $variable (result i64) (local $block i64)
                (local.set $block (call $alloc (i64.const 8)))
                (call $store
                  (local.get $block) (i64.add (call $load (call $var_get (call $key))) (i64.const 1)))
                (call $var_set (call $key) (local.get $block))
                (call $load (call $var_get (call $key))))
              (func $give (param $a i64) (param $b i64) (param $c i64) (local $block i64)
                (local.set $block (call $alloc (i64.const 24)))
                (call $store (local.get $block) (local.get $a))
                (call $store (i64.add (local.get $block) (i64.const 8)) (local.get $b))
                (call $store (i64.add (local.get $block) (i64.const 16)) (local.get $c))
                (call $output (local.get $block) (i64.const 24)))
              (func (export "_initialize") (global.set $initialised (i64.add (global.get $initialised) (i64.const 1))))
              (func (export "_start") (call $count_up) (call $give (global.get $count) (i64.const 0) (i64.const 0)))
              (func (export "count")
                (call $count_up)
                (call $give (global.get $count) (i64.load (i32.const 0)) (call $variable)))
              (func (export "initialised") (call $give (global.get $initialised) (i64.const 0) (i64.const 0)))
              (func (export "leave")
                (global.set $block (call $alloc (i64.const 8)))
                (call $store (global.get $block) (i64.const 42)))
              (func (export "find")
                (call $give
                  (call $load (global.get $block)) (call $length (global.get $block)) (call $error_get)))
              (func (export "unreachable") (call $count_up) unreachable)
              (func (export "returns") (result i32) (call $count_up) (i32.const 7))
              (func (export "says") (call $count_up) (call $error (call $alloc (i64.const 1))))
              (func (export "loops") (call $count_up) (loop $l (br $l)))
              (func (export "exits") (call $count_up) (call $exit (i32.const 0)))
              (func (export "gives") (call $count_up) (call $output (call $alloc (i64.const 1500000)) (i64.const 1500000)))
              (func (export "large") (if (i64.eqz (call $alloc (i64.const 1500000))) (then unreachable)))
              (func (export "asks") (call $count_up) (drop (call $ask (i64.const 0))))
              (func $down (param $left i32)
                (if (local.get $left) (then (call $down (i32.sub (local.get $left) (i32.const 1))))))
              (func (export "deep") (call $down (i32.const 90)))
              (func (export "grow") (call $give (i64.extend_i32_s (memory.grow (i32.const 16))) (i64.const 0) (i64.const 0)))
              (func (export "alone")
                (if (global.get $busy) (then unreachable))
                (global.set $busy (i32.const 1))
                (drop (call $ask (i64.const 0)))
                (global.set $busy (i32.const 0))))
            """;

    static final HostFunction QUIET = UserFunctions.of("ask", (call, input) -> new byte[0]);
    static final SandboxConfig CONFIG = SandboxConfig.ofThisMachine()
            .withProcessors(2)
            .withMemory(MemorySize.ofMiB(256))
            .withMemoryPatience(Duration.ZERO);

    final AtomicLong now = new AtomicLong();
    final Sandbox sandbox = new Sandbox(CONFIG, new ExtismKernel(), now::get);
    final InstancePool pool = new InstancePool(TenantId.DEFAULT, PLUGIN);

    ChicoryEngine engine = new ChicoryEngine(Tiering.INTERPRETED);
    Optional<CompiledModule> module = Optional.empty();

    @AfterEach
    void close() {
        sandbox.close();
        engine.close();
    }

    void use(Tiering tiering) {
        engine.close();
        engine = new ChicoryEngine(tiering);
        module = Optional.empty();
    }

    CompiledModule compiled() {
        return engine.compile(new FuelInstrumenter(CostTable.CURRENT)
                .meter(Modules.scanned(Wat.assemble(COUNTS), SecurityLevel.MINIMAL)));
    }

    CallRequest request(String export) {
        CompiledModule used = module.orElseGet(this::compiled);
        module = Optional.of(used);
        return TestCall.of(COUNTS)
                .export(export)
                .functions(QUIET)
                .limits(limits -> limits.withMemory(MemorySize.ofMiB(2)).withFuel(new Fuel(1_000_000)))
                .request(used);
    }

    CallResult call(CallRequest request) {
        return start(request).join();
    }

    CompletableFuture<CallResult> start(CallRequest request) {
        return sandbox.submit(request.context().tenant(), request.context().plugin(), () -> sandbox.call(request));
    }

    static List<Long> numbers(CallResult result) {
        ByteBuffer output =
                ByteBuffer.wrap(((CallResult.Returned) result).output()).order(ByteOrder.LITTLE_ENDIAN);
        return List.of(output.getLong(0), output.getLong(8), output.getLong(16));
    }

    /** What {@code count} gives: 1 on an instance that has served nobody. */
    long count(InstancePool on) {
        return numbers(call(request("count").on(on))).getFirst();
    }

    static CallRequest linked(CallRequest request, HostFunction function, Cancellation cancellation) {
        return new CallRequest(
                request.module(),
                request.export(),
                request.input(),
                request.limits(),
                request.context(),
                request.config(),
                List.of(function),
                request.http(),
                cancellation);
    }

    static CallResult on(Sandbox other, CallRequest request) {
        return other.submit(request.context().tenant(), request.context().plugin(), () -> other.call(request))
                .join();
    }
}
