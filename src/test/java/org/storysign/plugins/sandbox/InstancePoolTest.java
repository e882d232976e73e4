package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
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

/** What instances that are kept remember, whom they serve, and when they are let go. */
@Timeout(120)
class InstancePoolTest {

    private static final PluginId PLUGIN = new PluginId("test-plugin");

    /** {@code count} gives how often it was called, as a global, memory and a variable know it. */
    private static final String COUNTS = """
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

    private static final HostFunction QUIET = UserFunctions.of("ask", (call, input) -> new byte[0]);
    private static final SandboxConfig CONFIG = SandboxConfig.ofThisMachine()
            .withProcessors(2)
            .withMemory(MemorySize.ofMiB(256))
            .withMemoryPatience(Duration.ZERO);

    private final AtomicLong now = new AtomicLong();
    private final Sandbox sandbox = new Sandbox(CONFIG, new ExtismKernel(), now::get);
    private final InstancePool pool = new InstancePool(TenantId.DEFAULT, PLUGIN);

    private ChicoryEngine engine = new ChicoryEngine(Tiering.INTERPRETED);
    private Optional<CompiledModule> module = Optional.empty();

    @AfterEach
    void close() {
        sandbox.close();
        engine.close();
    }

    private void use(Tiering tiering) {
        engine.close();
        engine = new ChicoryEngine(tiering);
        module = Optional.empty();
    }

    private CompiledModule compiled() {
        return engine.compile(new FuelInstrumenter(CostTable.CURRENT)
                .meter(Modules.scanned(Wat.assemble(COUNTS), SecurityLevel.MINIMAL)));
    }

    private CallRequest request(String export) {
        CompiledModule used = module.orElseGet(this::compiled);
        module = Optional.of(used);
        return TestCall.of(COUNTS)
                .export(export)
                .functions(QUIET)
                .limits(limits -> limits.withMemory(MemorySize.ofMiB(2)).withFuel(new Fuel(1_000_000)))
                .request(used);
    }

    private CallResult call(CallRequest request) {
        return start(request).join();
    }

    private CompletableFuture<CallResult> start(CallRequest request) {
        return sandbox.submit(request.context().tenant(), request.context().plugin(), () -> sandbox.call(request));
    }

    private static List<Long> numbers(CallResult result) {
        ByteBuffer output =
                ByteBuffer.wrap(((CallResult.Returned) result).output()).order(ByteOrder.LITTLE_ENDIAN);
        return List.of(output.getLong(0), output.getLong(8), output.getLong(16));
    }

    /** What {@code count} gives: 1 on an instance that has served nobody. */
    private long count(InstancePool on) {
        return numbers(call(request("count").on(on))).getFirst();
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void an_instance_that_is_kept_remembers_and_a_fresh_one_does_not(Tiering tiering) {
        use(tiering);

        assertThat(numbers(call(request("count").on(pool)))).containsExactly(1L, 1L, 1L);
        assertThat(numbers(call(request("count").on(pool)))).containsExactly(2L, 2L, 2L);
        assertThat(numbers(call(request("count").on(pool)))).containsExactly(3L, 3L, 3L);
        assertThat(numbers(call(request("count")))).containsExactly(1L, 1L, 1L);
        assertThat(numbers(call(request("count")))).containsExactly(1L, 1L, 1L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void limits_and_usage_are_those_of_each_call(Tiering tiering) {
        use(tiering);
        CallRequest deep = withLimits(request("deep")).on(pool);
        CallRequest asks = withLimits(request("asks")).on(pool);
        CallResult first = call(deep);

        List<CallResult> deeper =
                IntStream.range(0, 5).mapToObj(time -> call(deep)).toList();
        List<CallResult> asking =
                IntStream.range(0, 5).mapToObj(time -> call(asks)).toList();

        assertThat(deeper).allSatisfy(result -> {
            assertThat(result).isInstanceOf(CallResult.Returned.class);
            assertThat(result.usage().fuel())
                    .isLessThan(first.usage().fuel())
                    .isEqualTo(deeper.getFirst().usage().fuel());
        });
        assertThat(asking).allSatisfy(result -> {
            assertThat(result).isInstanceOf(CallResult.Returned.class);
            assertThat(result.usage().hostCalls()).isEqualTo(1);
        });
    }

    @Test
    void a_call_with_a_lower_limit_is_held_to_it_whatever_the_last_one_had() {
        CallRequest deep = request("deep");
        CallResult before = call(deep.on(pool));
        CallRequest lower = new CallRequest(
                        deep.module(),
                        deep.export(),
                        deep.input(),
                        deep.limits().withCallDepth(90),
                        deep.context(),
                        deep.config(),
                        deep.functions(),
                        deep.http(),
                        deep.cancellation())
                .on(pool);

        assertThat(before).isInstanceOf(CallResult.Returned.class);
        assertThat(((CallResult.Trapped) call(lower)).trap()).isEqualTo(new Trap.StackExhausted(90));
    }

    /** Enough for one call and not for two. */
    private static CallRequest withLimits(CallRequest request) {
        return new CallRequest(
                request.module(),
                request.export(),
                request.input(),
                request.limits().withCallDepth(100).withHostCalls(1).withFuel(new Fuel(2_500)),
                request.context(),
                request.config(),
                request.functions(),
                request.http(),
                request.cancellation());
    }

    @Test
    void an_instance_is_initialised_once() {
        call(request("count").on(pool));
        call(request("count").on(pool));

        assertThat(numbers(call(request("initialised").on(pool))).getFirst()).isEqualTo(1);
    }

    @Test
    void blocks_and_errors_of_the_last_call_are_gone() {
        call(request("leave").on(pool));

        assertThat(numbers(call(request("find").on(pool)))).containsExactly(0L, 0L, 0L);
        assertThat(sandbox.idleInstances()).isEqualTo(1);
    }

    @Test
    void what_a_call_allocated_is_given_back_at_its_end() {
        List<CallResult> results = IntStream.range(0, 5)
                .mapToObj(time -> call(request("large").on(pool)))
                .toList();

        assertThat(results).allMatch(CallResult.Returned.class::isInstance);
        assertThat(results)
                .extracting(result -> result.usage().peakMemory())
                .containsOnly(results.getFirst().usage().peakMemory());
        assertThat(numbers(call(request("initialised").on(pool))).getFirst()).isEqualTo(1);
    }

    @Test
    void an_instance_for_which_there_is_no_memory_is_not_kept() {
        Sandbox full = new Sandbox(CONFIG.withMemory(MemorySize.ofMiB(2)), new ExtismKernel());
        CallRequest count = request("count").on(pool);

        List<CallResult> results = List.of(on(full, count), on(full, count));

        assertThat(results).extracting(result -> numbers(result).getFirst()).containsExactly(1L, 1L);
        assertThat(full.idleInstances()).isZero();
        full.close();
    }

    static Stream<Arguments> ends() {
        return Stream.of("unreachable", "returns", "says", "loops", "exits", "gives", "_start", "_initialize")
                .flatMap(end -> Stream.of(Tiering.INTERPRETED, Tiering.COMPILED).map(on -> Arguments.of(end, on)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void an_instance_is_let_go_after_a_trap_an_exit_or_what_begins_its_life(String end, Tiering tiering) {
        use(tiering);
        assertThat(count(pool)).isEqualTo(1);
        assertThat(count(pool)).isEqualTo(2);

        CallResult result = call(request(end).on(pool));

        boolean beginsALife = end.startsWith("_");
        assertThat(result instanceof CallResult.Returned).isEqualTo(beginsALife || end.equals("exits"));
        assertThat(sandbox.idleInstances()).isEqualTo(beginsALife ? 1 : 0);
        assertThat(count(pool)).isEqualTo(beginsALife ? 3 : 1);
    }

    @Test
    void a_cancelled_call_does_not_give_its_instance_back() {
        Cancellation stop = new Cancellation();
        HostFunction cancels = UserFunctions.of("ask", (call, input) -> {
            stop.cancel("disabled");
            return input;
        });

        CallResult result = call(linked(request("asks"), cancels, stop).on(pool));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.Cancelled("disabled"));
        assertThat(sandbox.idleInstances()).isZero();
    }

    @Test
    void an_instance_that_is_linked_to_other_functions_is_not_used() {
        HostFunction other = UserFunctions.of("ask", (call, input) -> input);
        assertThat(count(pool)).isEqualTo(1);

        CallResult result =
                call(linked(request("count"), other, new Cancellation()).on(pool));

        assertThat(numbers(result).getFirst()).isEqualTo(1);
    }

    private static CallRequest linked(CallRequest request, HostFunction function, Cancellation cancellation) {
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

    @Test
    void an_instance_serves_so_many_calls_and_no_more() {
        InstancePool three = new InstancePool(TenantId.DEFAULT, PLUGIN, 3, Duration.ofMinutes(5));

        assertThat(IntStream.range(0, 7).mapToObj(time -> count(three))).containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 1L);
    }

    @Test
    void an_instance_serves_until_it_is_so_old() {
        InstancePool aging = new InstancePool(TenantId.DEFAULT, PLUGIN, 1_000, Duration.ofMinutes(5));

        assertThat(count(aging)).isEqualTo(1);
        now.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(count(aging)).isEqualTo(2);
        now.addAndGet(1);
        assertThat(count(aging)).isEqualTo(1);
    }

    @Test
    void two_pools_of_one_plugin_share_nothing_and_one_pool_does() {
        InstancePool other = new InstancePool(TenantId.DEFAULT, PLUGIN);

        assertThat(List.of(count(pool), count(pool))).containsExactly(1L, 2L);
        assertThat(List.of(count(other), count(pool))).containsExactly(1L, 3L);
    }

    @Test
    void another_module_finds_nothing_in_the_pool() {
        assertThat(count(pool)).isEqualTo(1);

        module = Optional.of(compiled());

        assertThat(count(pool)).isEqualTo(1);
    }

    @Test
    void the_pool_of_one_plugin_or_tenant_never_serves_another() {
        CallRequest mine = request("count");
        CallContext otherPlugin = context(TenantId.DEFAULT, new PluginId("other"));
        CallContext otherTenant = context(new TenantId("other"), PLUGIN);
        count(pool);

        for (CallContext context : List.of(otherPlugin, otherTenant)) {
            CallRequest foreign = new CallRequest(
                            mine.module(),
                            mine.export(),
                            mine.input(),
                            mine.limits(),
                            context,
                            mine.config(),
                            mine.functions(),
                            mine.http(),
                            mine.cancellation())
                    .on(pool);
            assertThatThrownBy(() -> call(foreign))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    private static CallContext context(TenantId tenant, PluginId plugin) {
        return new CallContext(tenant, Optional.of(new UserId("anna")), plugin, InvocationId.random(), 0);
    }

    @Test
    void a_closed_pool_lets_its_instances_go_and_takes_none_back() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        HostFunction waits = UserFunctions.of("ask", (call, input) -> {
            running.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return input;
        });
        CallRequest waiting = linked(request("asks"), waits, new Cancellation()).on(pool);
        CompletableFuture<CallResult> call = start(waiting);
        running.await();
        call(request("count").on(pool));
        int before = sandbox.idleInstances();

        pool.close();
        int idle = sandbox.idleInstances();
        end.countDown();
        call.join();

        assertThat(before).isEqualTo(1);
        assertThat(idle).isZero();
        assertThat(call.join()).isInstanceOf(CallResult.Returned.class);
        assertThat(sandbox.idleInstances()).isZero();
        assertThat(count(pool)).isEqualTo(1);
        assertThat(sandbox.idleInstances()).isZero();
    }

    @Test
    void memory_that_an_instance_grew_stays_its_own_and_counts_in_the_next_call() {
        CallResult first = call(request("grow").on(pool));
        CallResult second = call(request("grow").on(pool));

        assertThat(numbers(first).getFirst()).isEqualTo(1);
        assertThat(first.usage().peakMemory()).isGreaterThanOrEqualTo(MemorySize.ofKiB(17 * 64));
        assertThat(numbers(second).getFirst()).isEqualTo(-1);
        assertThat(call(request("count").on(pool)).usage().peakMemory())
                .isGreaterThanOrEqualTo(MemorySize.ofKiB(17 * 64));
        assertThat(numbers(call(request("grow"))).getFirst()).isEqualTo(1);
    }

    @Test
    void idle_instances_hold_memory_and_make_room_for_calls() {
        Sandbox small = new Sandbox(CONFIG.withMemory(MemorySize.ofMiB(4)), new ExtismKernel());
        InstancePool other = new InstancePool(TenantId.DEFAULT, PLUGIN);
        CallRequest count = request("count");
        CallRequest large = withMemory(count, MemorySize.ofMiB(4));

        on(small, count.on(pool));
        on(small, count.on(other));
        int before = small.idleInstances();
        CallResult result = on(small, large);

        assertThat(before).isEqualTo(2);
        assertThat(result).isInstanceOf(CallResult.Returned.class);
        assertThat(small.idleInstances()).isZero();
        assertThat(numbers(on(small, count.on(pool))).getFirst()).isEqualTo(1);
        // Everything was given back: else the largest call would not fit a second time.
        pool.close();
        other.close();
        assertThat(on(small, large)).isInstanceOf(CallResult.Returned.class);
        small.close();
    }

    private static CallResult on(Sandbox other, CallRequest request) {
        return other.submit(request.context().tenant(), request.context().plugin(), () -> other.call(request))
                .join();
    }

    private static CallRequest withMemory(CallRequest request, MemorySize memory) {
        return new CallRequest(
                request.module(),
                request.export(),
                request.input(),
                request.limits().withMemory(memory),
                request.context(),
                request.config(),
                request.functions(),
                request.http(),
                request.cancellation());
    }

    @Test
    void an_instance_is_never_in_two_calls_and_no_more_are_kept_than_can_run() {
        HostFunction yields = UserFunctions.of("ask", (call, input) -> {
            try {
                call.waiting(() -> {
                    Thread.yield();
                    return true;
                });
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return input;
        });
        CallRequest yielding =
                linked(request("alone"), yields, new Cancellation()).on(pool);

        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<CallResult>> calls =
                    IntStream.range(0, 32).mapToObj(number -> start(yielding)).toList();
            assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(CallResult.Returned.class));
            assertThat(sandbox.idleInstances()).isBetween(1, 2);
        }
    }

    @Test
    void an_interpreted_instance_is_let_go_when_the_module_is_compiled() {
        use(Tiering.BACKGROUND);
        CallRequest first = request("count");
        call(first.on(pool));

        first.module().settled().toCompletableFuture().join();
        count(pool);

        assertThat(first.module().mode()).isEqualTo(ExecutionMode.COMPILED);
        assertThat(count(pool)).isGreaterThanOrEqualTo(2);
    }
}
