package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** No shape of an endless loop survives its fuel or its run time, on the interpreter or on the compiler. */
class LoopTest {

    private static final String AROUND = """
            (module
              (type $none (func))
              (memory 16 16)
              (table 1 1 funcref)
              (elem (i32.const 0) $nothing)
              (global $turns (mut i32) (i32.const 0))
              (func $nothing (global.set $turns (i32.add (global.get $turns) (i32.const 1))))
              %s)
            """;

    private static final Map<String, String> SHAPES = Map.ofEntries(
            Map.entry("br", "(loop $l (br $l))"),
            Map.entry("br_if", "(loop $l (br_if $l (i32.const 1)))"),
            Map.entry("br_table", "(loop $l (br_table $l $l $l (i32.const 1)))"),
            Map.entry("if", "(loop $l (if (i32.const 1) (then (br $l))))"),
            Map.entry("else", "(loop $l (if (i32.const 0) (then) (else (br $l))))"),
            Map.entry("nested", "(loop $l (loop $m (loop $n (br_if $l (i32.const 1))) (br $m)))"),
            Map.entry("call", "(loop $l (call $nothing) (br $l))"),
            Map.entry("call_indirect", "(loop $l (call_indirect (type $none) (i32.const 0)) (br $l))"),
            Map.entry("memory.fill", "(loop $l (memory.fill (i32.const 0) (i32.const 1) (i32.const 1000000)) (br $l))"),
            Map.entry("memory.copy", "(loop $l (memory.copy (i32.const 1) (i32.const 0) (i32.const 1000000)) (br $l))"),
            Map.entry("memory.grow", "(loop $l (drop (memory.grow (i32.const 0))) (br $l))"));

    static Stream<Arguments> loops() {
        return Stream.of(Tiering.INTERPRETED, Tiering.COMPILED)
                .flatMap(engine -> Stream.concat(
                        SHAPES.entrySet().stream()
                                .map(shape -> Arguments.of(
                                        shape.getKey(),
                                        engine,
                                        AROUND.formatted("(func (export \"run\") " + shape.getValue() + ")"))),
                        Stream.of(Arguments.of(
                                "start section",
                                engine,
                                AROUND.formatted(
                                        "(func $start (loop $l (br $l))) (start $start) (func (export \"run\"))")))));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("loops")
    void an_endless_loop_is_stopped_when_its_fuel_is_gone(String shape, Tiering engine, String wat) {
        Fuel fuel = new Fuel(300_000);

        CallResult result = TestSandbox.on(engine)
                .call(TestCall.of(wat).limits(limits -> limits.withFuel(fuel).withRunTime(Duration.ofMinutes(1))));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.OutOfFuel(fuel));
        assertThat(result.usage().fuel()).isEqualTo(fuel);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("loops")
    void an_endless_loop_is_stopped_when_its_run_time_is_over(String shape, Tiering engine, String wat) {
        Duration runTime = Duration.ofMillis(20);

        CallResult result = TestSandbox.on(engine)
                .call(TestCall.of(wat)
                        .limits(limits -> limits.withFuel(Fuel.LARGEST).withRunTime(runTime)));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.RunTimeExceeded(runTime));
        assertThat(result.usage().runTime()).isGreaterThan(runTime);
    }
}
