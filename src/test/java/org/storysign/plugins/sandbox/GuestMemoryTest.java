package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** A guest's memory: counted, checked, and gone after the call. */
class GuestMemoryTest {

    private static final long PAGE = 65_536;

    static Stream<Tiering> engines() {
        return Stream.of(Tiering.INTERPRETED, Tiering.COMPILED);
    }

    private static TestCall within(String wat, long pages) {
        return TestCall.of(wat).limits(limits -> limits.withMemory(new MemorySize(pages * PAGE)));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void memory_grows_to_its_limit_and_then_the_guest_is_told_no(Tiering engine) {
        String grows = """
                (module (memory 1) (func (export "run") (result i32)
                  (if (i32.ne (memory.grow (i32.const 2)) (i32.const 1)) (then (return (i32.const 1))))
                  (i32.store (i32.const 196604) (i32.const 7))
                  (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1)) (then (return (i32.const 2))))
                  (if (i32.ne (memory.size) (i32.const 3)) (then (return (i32.const 3))))
                  (if (i32.ne (i32.load (i32.const 196604)) (i32.const 7)) (then (return (i32.const 4))))
                  (i32.const 0)))
                """;

        CallResult result = TestSandbox.on(engine).call(within(grows, 3));

        assertThat(result).isInstanceOf(CallResult.Returned.class);
        assertThat(result.usage().peakMemory()).isEqualTo(new MemorySize(3 * PAGE));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_trap_after_memory_was_refused_is_reported_as_memory_exhausted(Tiering engine) {
        String breaks = """
                (module (memory 1) (func (export "run")
                  (drop (memory.grow (i32.const 1000)))
                  (unreachable)))
                """;

        assertThat(TestSandbox.on(engine).trap(within(breaks, 2)))
                .isEqualTo(new Trap.MemoryExhausted(new MemorySize(2 * PAGE)));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_module_that_only_reaches_the_maximum_it_declared_was_not_refused_memory(Tiering engine) {
        String breaks = """
                (module (memory 1 1) (func (export "run")
                  (drop (memory.grow (i32.const 1)))
                  (unreachable)))
                """;

        assertThat(TestSandbox.on(engine).trap(within(breaks, 2))).isEqualTo(new Trap.Unreachable(""));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void growing_by_more_pages_than_there_are_addresses_is_refused(Tiering engine) {
        String grows = """
                (module (memory 1) (func (export "run") (result i32)
                  (i32.sub (memory.grow (i32.const -1)) (i32.const -1))))
                """;

        CallResult result =
                TestSandbox.on(engine).call(within(grows, 2).limits(limits -> limits.withFuel(new Fuel(1L << 50))));

        assertThat(result).isInstanceOf(CallResult.Returned.class);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_first_memory_over_the_limit_is_memory_exhausted(Tiering engine) {
        String large = "(module (memory 3) (func (export \"run\")))";

        assertThat(TestSandbox.on(engine).trap(within(large, 2)))
                .isEqualTo(new Trap.MemoryExhausted(new MemorySize(2 * PAGE)));
        assertThat(TestSandbox.on(engine).call(within(large, 3))).isInstanceOf(CallResult.Returned.class);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void growing_page_by_page_stays_cheap(Tiering engine) {
        String grows = """
                (module (memory 1) (func (export "run")
                  (loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))))
                """;

        CallResult result = TestSandbox.on(engine).call(within(grows, 1_024));

        assertThat(result).isInstanceOf(CallResult.Returned.class);
        assertThat(result.usage().peakMemory()).isEqualTo(new MemorySize(1_024 * PAGE));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void nothing_of_a_call_is_there_in_the_next_one(Tiering engine) {
        String canary = """
                (module
                  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
                  (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
                  (import "extism:host/env" "load_u64" (func $load (param i64) (result i64)))
                  (memory 2)
                  (global $global (mut i64) (i64.const 0))
                  (table $table 2 2 funcref)
                  (elem declare func $mark)
                  (data $once "x")
                  (func $mark)
                  (func (export "run") (result i32) (local $block i64)
                    (local.set $block (call $alloc (i64.const 16)))
                    (if (i64.ne (call $load (local.get $block)) (i64.const 0)) (then (return (i32.const 1))))
                    (if (i64.ne (i64.load (i32.const 70000)) (i64.const 0)) (then (return (i32.const 2))))
                    (if (i64.ne (global.get $global) (i64.const 0)) (then (return (i32.const 3))))
                    (if (i32.eqz (ref.is_null (table.get $table (i32.const 1)))) (then (return (i32.const 4))))
                    (if (i32.ne (memory.size) (i32.const 2)) (then (return (i32.const 5))))
                    (memory.init $once (i32.const 0) (i32.const 0) (i32.const 1))
                    (data.drop $once)
                    (call $store (local.get $block) (i64.const 0xDEADBEEF))
                    (i64.store (i32.const 70000) (i64.const 0xDEADBEEF))
                    (global.set $global (i64.const 0xDEADBEEF))
                    (table.set $table (i32.const 1) (ref.func $mark))
                    (drop (memory.grow (i32.const 1)))
                    (i32.const 0)))
                """;

        for (int call = 0; call < 20; call++) {
            assertThat(TestSandbox.on(engine).call(TestCall.of(canary))).isInstanceOf(CallResult.Returned.class);
        }
    }

    @Test
    void no_pointer_a_guest_can_give_gets_past_the_check() {
        int size = 65_536;
        byte[] model = new byte[size];
        HostFunction tries = UserFunctions.of("ask", (call, input) -> {
            Random random = new Random(42);
            for (int number = 0; number < 100_000; number++) {
                tryAccess(call.memory(), model, random);
            }
            return new byte[0];
        });
        String asks = """
                (module
                  (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
                  (memory 1 1)
                  (func (export "run") (drop (call $ask (i64.const 0)))))
                """;

        CallResult result = TestSandbox.on(Tiering.INTERPRETED)
                .call(TestCall.of(asks)
                        .functions(tries)
                        .limits(limits -> limits.withRunTime(java.time.Duration.ofMinutes(1))));

        assertThat(result).isInstanceOf(CallResult.Returned.class);
    }

    private static void tryAccess(GuestMemory memory, byte[] model, Random random) {
        long pointer = odd(random);
        long length = odd(random);
        boolean inside = pointer >= 0
                && length >= 0
                && Math.max(pointer, length) <= model.length
                && pointer + length <= model.length;
        try {
            byte[] read = memory.read(pointer, length);
            if (!inside || !Arrays.equals(read, Arrays.copyOfRange(model, (int) pointer, (int) (pointer + length)))) {
                throw new AssertionError("read " + length + " bytes at " + pointer);
            }
            Arrays.fill(read, (byte) random.nextInt());
            memory.write(pointer, read);
            System.arraycopy(read, 0, model, (int) pointer, read.length);
        } catch (TrapException refused) {
            if (inside || !(refused.trap() instanceof Trap.OutOfBoundsMemory)) {
                throw new AssertionError("refused " + length + " bytes at " + pointer, refused);
            }
        }
    }

    /** Numbers around the edges of 0, the memory, 2^31, 2^32 and 2^63, and some inside. */
    private static long odd(Random random) {
        long[] edges = {0, 65_536, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1};
        return random.nextInt(3) == 0
                ? edges[random.nextInt(edges.length)] + random.nextInt(5) - 2
                : random.nextInt(2_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void every_width_of_load_and_store_reads_what_was_written_and_costs_the_same(Tiering engine) {
        String widths = """
                (module (memory 1) (func (export "run") (result i32)
                  (i64.store (i32.const 3) (i64.const 0x8182838485868788))
                  (if (i32.ne (i32.load8_s (i32.const 3)) (i32.const -120)) (then (return (i32.const 1))))
                  (if (i32.ne (i32.load8_u (i32.const 3)) (i32.const 136)) (then (return (i32.const 2))))
                  (if (i32.ne (i32.load16_s (i32.const 3)) (i32.const -30840)) (then (return (i32.const 3))))
                  (if (i32.ne (i32.load16_u (i32.const 3)) (i32.const 34696)) (then (return (i32.const 4))))
                  (if (i64.ne (i64.load32_s (i32.const 3)) (i64.const -2054781048)) (then (return (i32.const 5))))
                  (if (i64.ne (i64.load32_u (i32.const 3)) (i64.const 2240186248)) (then (return (i32.const 6))))
                  (i32.store16 (i32.const 65534) (i32.const 0x1234))
                  (if (i32.ne (i32.load8_u (i32.const 65535)) (i32.const 0x12)) (then (return (i32.const 7))))
                  (f64.store (i32.const 17) (f64.const -0x1.8p+3))
                  (if (f64.ne (f64.load (i32.const 17)) (f64.const -12)) (then (return (i32.const 8))))
                  (i32.store (i32.const 33) (i32.const 0x7fa00001))
                  (f32.store (i32.const 40) (f32.load (i32.const 33)))
                  (if (f32.eq (f32.load (i32.const 40)) (f32.load (i32.const 40))) (then (return (i32.const 9))))
                  (memory.copy (i32.const 100) (i32.const 3) (i32.const 8))
                  (memory.copy (i32.const 102) (i32.const 100) (i32.const 8))
                  (if (i64.ne (i64.load (i32.const 102)) (i64.const 0x8182838485868788)) (then (return (i32.const 10))))
                  (memory.fill (i32.const 104) (i32.const 0x1ff) (i32.const 2))
                  (if (i32.ne (i32.load16_u (i32.const 104)) (i32.const 0xffff)) (then (return (i32.const 11))))
                  (i32.const 0)))
                """;

        CallResult result = TestSandbox.on(engine).call(TestCall.of(widths));

        assertThat(result).isInstanceOf(CallResult.Returned.class);
        assertThat(result.usage().fuel())
                .isEqualTo(TestSandbox.on(Tiering.INTERPRETED)
                        .call(TestCall.of(widths))
                        .usage()
                        .fuel())
                .isGreaterThan(Fuel.NONE);
    }
}
