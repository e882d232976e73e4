package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.chicory.Tiering;

/**
 * Endless recursion ends by its counted depth, never by the JVM's stack: at the deepest limit of any level, and for frames that are
 * thin, wide, deep in operands, and entered through tables. The stack overflows at another depth each time, so the same fuel on
 * both engines and in every run shows that it did not.
 */
class StackTest {

    private static final int WIDE = 60;

    static Stream<Arguments> recursions() {
        return Stream.of(
                Arguments.of("thin", "(func $r (export \"run\") (call $r))"),
                Arguments.of("mutual", "(func $r (export \"run\") (call $s)) (func $s (call $r))"),
                Arguments.of(
                        "indirect",
                        "(type $none (func)) (table 1 1 funcref) (elem (i32.const 0) $r) (func $r (export \"run\") (call_indirect (type $none) (i32.const 0)))"),
                Arguments.of("many parameters", wide("")),
                Arguments.of("many locals", """
                        (func $r (export "run") (local %s)
                          (local.set 7 (i64.const 1))
                          (call $r)
                          (drop (local.get 7)))
                        """.formatted("i64 ".repeat(400))),
                Arguments.of("many operands", """
                        (func $r (result i64)
                          %s (call $r) %s)
                        (func (export "run") (drop (call $r)))
                        """.formatted("(i64.const 1) ".repeat(200), "(i64.add) ".repeat(200))));
    }

    private static String wide(String unused) {
        String parameters = "i64 ".repeat(WIDE);
        String arguments = IntStream.range(0, WIDE)
                .mapToObj(index -> "(local.get " + index + ")")
                .collect(Collectors.joining(" "));
        return """
                (func $r (param %s) (call $r %s))
                (func (export "run") (call $r %s))
                """.formatted(parameters, arguments, "(i64.const 1) ".repeat(WIDE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recursions")
    void endless_recursion_ends_at_its_limit_with_the_same_fuel_on_both_engines(String name, String functions) {
        TestCall call = TestCall.of("(module " + functions + ")").limits(limits -> SecurityLevel.MINIMAL.limits());

        List<CallResult> results = Stream.of(
                        Tiering.INTERPRETED, Tiering.COMPILED, Tiering.INTERPRETED, Tiering.COMPILED)
                .map(engine -> TestSandbox.on(engine).call(call))
                .toList();

        assertThat(results)
                .extracting(result -> ((CallResult.Trapped) result).trap())
                .containsOnly(new Trap.StackExhausted(2_000));
        assertThat(results).extracting(result -> result.usage().fuel()).hasSize(4);
        assertThat(results.stream().map(result -> result.usage().fuel()).distinct())
                .singleElement()
                .isNotEqualTo(Fuel.NONE);
    }
}
