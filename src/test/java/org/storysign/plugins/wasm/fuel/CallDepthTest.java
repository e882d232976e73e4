package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.kit.Wat;

class CallDepthTest {

    /** Calls itself as often as it is told; each call weighs 1. */
    private static final String COUNTDOWN = """
            (module
              (func $down (export "main") (param $n i32)
                (if (local.get $n) (then (call $down (i32.sub (local.get $n) (i32.const 1)))))))
            """;

    /** Bodies of a function {@code $f (param i32) (result i32 i64)}, which leave it in every way there is. */
    private static final List<String> WAYS_OUT = List.of(
            "(local.get 0) (i64.const 1)",
            "(return (local.get 0) (i64.const 2))",
            "(block (loop (if (local.get 0) (then (return (local.get 0) (i64.const 3)))))) (i32.const 7) (i64.const 4)",
            "(local.get 0) (i64.const 5) (br 0)",
            "(block (loop (br 2 (local.get 0) (i64.const 6)))) (unreachable)",
            "(local.get 0) (i64.const 7) (br_if 0 (local.get 0))",
            "(block (result i32 i64) (block (result i32 i64) (local.get 0) (i64.const 8) (br_table 0 2 1 2 (local.get 0))))",
            "(i32.const 9) (loop (param i32) (result i32 i64) (drop) (local.get 0) (i64.const 9) (br_if 1 (local.get 0)))",
            "(i32.const 1) (i32.const 2) (i32.const 3) (local.get 0) (i64.const 10) (return)",
            "(if (result i32 i64) (local.get 0) (then (return (i32.const 1) (i64.const 11)) (drop)) (else (br 1 (i32.const 2) (i64.const 12))))",
            "(local.get 0) (i64.const 14) (br 0) (block (br 0)) (loop (br 0))",
            "(block (block (br 1)) (unreachable)) (local.get 0) (i64.const 13)");

    @ParameterizedTest
    @EnumSource
    void a_guest_may_go_exactly_as_deep_as_its_limit(Engine engine) {
        Run run = Metered.run(engine, Metered.of(COUNTDOWN), Budget.AMPLE.withDepth(300), 299);

        assertThat(run.stop()).isEqualTo(Stop.RETURNED);
        assertThat(run.depthLeft()).isEqualTo(300);
    }

    @ParameterizedTest
    @EnumSource
    void one_call_deeper_stops_it_at_the_same_fuel_on_every_engine(Engine engine) {
        Run run = Metered.run(engine, Metered.of(COUNTDOWN), Budget.AMPLE.withDepth(300), 300);

        assertThat(run.stop()).isEqualTo(Stop.TOO_DEEP);
        assertThat(run.fuel())
                .as("300 calls of 6, and the entry of the last: local.get, if")
                .isEqualTo(300 * 6 + 2);
    }

    @ParameterizedTest
    @EnumSource
    void nothing_stops_it_when_the_check_is_unplugged(Engine engine) {
        MeteredModule module = Metered.without(Guard.DEPTH_CHECK, COUNTDOWN);

        Run run = Metered.run(engine, module, Budget.AMPLE.withDepth(300), 300);

        assertThat(run.stop()).isEqualTo(Stop.RETURNED);
        assertThat(run.depthLeft()).as("never armed, all given back").isZero();
    }

    static Stream<Arguments> waysOut() {
        return WAYS_OUT.stream().flatMap(way -> Stream.of(Engine.values()).map(engine -> Arguments.of(way, engine)));
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void every_way_out_of_a_function_gives_its_depth_back(String way, Engine engine) {
        String wat = """
                (module
                  (global $low (mut i32) (i32.const 0))
                  (global $high (mut i64) (i64.const 0))
                  (func $f (param i32) (result i32 i64)
                    (if (i32.eq (local.get 0) (i32.const 99)) (then (call $f (i32.const 98)) (drop) (drop)))
                    %s)
                  (func $add (param i32 i64)
                    (global.set $low (i32.add (global.get $low) (local.get 0)))
                    (global.set $high (i64.add (global.get $high) (local.get 1))))
                  (func (export "main")
                    (call $f (i32.const 0)) (call $add)
                    (call $f (i32.const 1)) (call $add)
                    (call $f (i32.const 2)) (call $add)))
                """.formatted(way);

        Run plain = MeteredRunner.plain(Engine.INTERPRETER, Wat.assemble(wat)).run(Budget.AMPLE, "main");
        Run run = Metered.run(engine, Metered.of(wat), Budget.AMPLE);

        assertThat(run.withoutMeter()).isEqualTo(plain);
        assertThat(run.stop()).isEqualTo(Stop.RETURNED);
        assertThat(run.depthLeft()).isEqualTo(1_000);
    }

    @Test
    void a_chain_of_many_different_functions_is_counted_too() {
        StringBuilder chain = new StringBuilder("(module (func $f0 (nop))");
        for (int next = 1; next <= 1_000; next++) {
            chain.append("(func $f%d (call $f%d))".formatted(next, next - 1));
        }
        MeteredModule module =
                Metered.of(chain.append("(export \"main\" (func $f1000)))").toString());

        Run enough = Metered.run(Engine.COMPILER, module, Budget.AMPLE.withDepth(1_001));
        Run tooDeep = Metered.run(Engine.COMPILER, module, Budget.AMPLE.withDepth(990));

        assertThat(enough.stop()).isEqualTo(Stop.RETURNED);
        assertThat(tooDeep.stop()).isEqualTo(Stop.TOO_DEEP);
    }

    @Test
    void a_frame_weighs_one_more_for_each_thirty_two_slots() {
        String wat = """
                (module
                  (func $f (export "main") (param i32 i64) (result i32) (local i32 i64 %s)
                    (if (result i32) (local.get 0)
                      (then (call $f (i32.sub (local.get 0) (i32.const 1)) (i64.const 0)))
                      (else (i32.const 0)))))
                """;
        MeteredModule light = Metered.of(wat.formatted("i32 ".repeat(32 - 4 - 2 - 1)));
        MeteredModule heavy = Metered.of(wat.formatted("i32 ".repeat(32 - 4 - 2)));

        assertThat(deepest(light))
                .as("2 parameters, 27 locals, 2 operands: weighs 1")
                .isEqualTo(99);
        assertThat(deepest(heavy)).as("one local more: weighs 2").isEqualTo(49);
    }

    /** How often the guest may call itself with a depth of 100. */
    private static long deepest(MeteredModule module) {
        MeteredRunner runner = MeteredRunner.metered(Engine.INTERPRETER, module);
        long calls = 0;
        while (runner.run(Budget.AMPLE.withDepth(100), "main", calls + 1, 0).stop() == Stop.RETURNED) {
            calls++;
        }
        return calls;
    }
}
