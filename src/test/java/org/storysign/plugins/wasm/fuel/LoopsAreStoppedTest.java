package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;

/**
 * Guests that go on for as long as their own counter of steps lets them, 300 steps: far beyond their fuel, so a guard must stop
 * them; and the tests end when it is unplugged.
 */
class LoopsAreStoppedTest {

    private static final long FUEL = 500;

    /** True in the guest while it has steps left. */
    private static final String GO_ON =
            "(i32.gt_s (global.get $steps) (i32.const 0)) (global.set $steps (i32.sub (global.get $steps) (i32.const 1)))";

    private static final Map<String, String> SHAPES = new TreeMap<>(Map.ofEntries(
            Map.entry("br", "(loop $l (if (call $go) (then (br $l))))"),
            Map.entry("br_if", "(loop $l (br_if $l (call $go)))"),
            Map.entry("br_if alone", "(loop $l " + GO_ON + " (br_if $l))"),
            Map.entry("br_table", "(block $b (loop $l (br_table $b $l (call $go))))"),
            Map.entry("if", "(loop $l (if (call $go) (then (nop) (br $l)) (else (nop))))"),
            Map.entry("nested", "(loop $o (loop $m (loop $i (br_if $o (call $go)))))"),
            Map.entry("inner of nested", "(loop $o (block (loop $i (br_if $i (call $go)))))"),
            Map.entry(
                    "with a parameter",
                    "(i32.const 1) (loop $l (param i32) (drop) (i32.const 1) (br_if $l (call $go)) (drop))"),
            Map.entry("recursion", "(call $recurse)"),
            Map.entry("mutual recursion", "(call $ping)"),
            Map.entry("call_indirect", "(call_indirect (type $void) (i32.const 0))"),
            Map.entry(
                    "memory.fill",
                    "(loop $l (memory.fill (i32.const 0) (i32.const 1) (i32.const 60000)) (br_if $l (call $go)))"),
            Map.entry(
                    "memory.copy",
                    "(loop $l (memory.copy (i32.const 0) (i32.const 9) (i32.const 60000)) (br_if $l (call $go)))"),
            Map.entry(
                    "memory.init",
                    "(loop $l (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 2)) (br_if $l (call $go)))"),
            Map.entry("memory.grow", "(loop $l (drop (memory.grow (i32.const 1))) (br_if $l (call $go)))"),
            Map.entry("host calls", "(loop $l (call $host) (br_if $l (call $go)))")));

    static Stream<Arguments> shapesAndEngines() {
        return SHAPES.keySet().stream()
                .flatMap(shape -> Stream.of(Engine.values()).map(engine -> Arguments.of(shape, engine)));
    }

    private static String module(String shape, String start) {
        return """
               (module
                 (type $void (func))
                 (import "env" "host" (func $host))
                 (memory 1 2)
                 (data "ab")
                 (table 1 funcref)
                 (elem (i32.const 0) $indirect)
                 (global $steps (mut i32) (i32.const 300))
                 (func $go (result i32) %s)
                 (func $recurse (if (call $go) (then (call $recurse))))
                 (func $ping (if (call $go) (then (call $pong))))
                 (func $pong (if (call $go) (then (call $ping))))
                 (func $indirect (if (call $go) (then (call_indirect (type $void) (i32.const 0)))))
                 (func $main (export "main") %s)
                 (func $nothing)
                 (start %s))
               """.formatted(GO_ON, SHAPES.get(shape), start);
    }

    @ParameterizedTest
    @MethodSource("shapesAndEngines")
    void a_guest_that_goes_on_is_stopped_when_its_fuel_is_gone(String shape, Engine engine) {
        MeteredModule module = Metered.of(module(shape, "$nothing"));

        Run run = Metered.run(engine, module, deepWith(FUEL));

        assertThat(run.stop()).isEqualTo(Stop.OUT_OF_FUEL);
        assertThat(run.fuel()).isGreaterThan(FUEL);
    }

    @ParameterizedTest
    @MethodSource("shapesAndEngines")
    void nothing_stops_it_when_the_check_is_unplugged(String shape, Engine engine) {
        MeteredModule module = Metered.without(Guard.FUEL_CHECK, module(shape, "$nothing"));

        Run run = Metered.run(engine, module, deepWith(FUEL));

        assertThat(run.globals()).as("the guest's own counter").containsExactly(-1L);
    }

    @ParameterizedTest
    @MethodSource("shapesAndEngines")
    void a_start_section_that_goes_on_is_stopped_when_its_fuel_is_gone(String shape, Engine engine) {
        MeteredModule module = Metered.of(module(shape, "$main"));

        Run run = Metered.run(engine, module, deepWith(FUEL));

        assertThat(run.stop()).isEqualTo(Stop.OUT_OF_FUEL);
    }

    /** More depth than the guests can use up before their fuel. */
    private static Budget deepWith(long fuel) {
        return Budget.ofFuel(fuel).withDepth(1_000_000);
    }
}
