package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Each way a guest can break has its own name, on the interpreter and on the compiler. */
class TrapTest {

    static Stream<Arguments> breaks() {
        return Stream.of(Tiering.INTERPRETED, Tiering.COMPILED)
                .flatMap(engine -> Stream.of(
                                Arguments.of("unreachable", "unreachable", Trap.Unreachable.class),
                                Arguments.of(
                                        "division by zero",
                                        "(drop (i32.div_s (i32.const 1) (i32.const 0)))",
                                        Trap.ArithmeticFault.class),
                                Arguments.of(
                                        "unsigned division by zero",
                                        "(drop (i64.div_u (i64.const 1) (i64.const 0)))",
                                        Trap.ArithmeticFault.class),
                                Arguments.of(
                                        "remainder by zero",
                                        "(drop (i32.rem_u (i32.const 1) (i32.const 0)))",
                                        Trap.ArithmeticFault.class),
                                Arguments.of(
                                        "division that overflows",
                                        "(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))",
                                        Trap.ArithmeticFault.class),
                                Arguments.of(
                                        "conversion of not-a-number",
                                        "(drop (i32.trunc_f32_s (f32.const nan)))",
                                        Trap.ArithmeticFault.class),
                                Arguments.of(
                                        "conversion that overflows",
                                        "(drop (i64.trunc_f64_u (f64.const 1e300)))",
                                        Trap.ArithmeticFault.class),
                                Arguments.of(
                                        "load beyond the memory",
                                        "(drop (i32.load (i32.const 65533)))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "load at the top of the address space",
                                        "(drop (i64.load (i32.const -1)))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "load at an offset that overflows",
                                        "(drop (i32.load8_u offset=4294967295 (i32.const 1)))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "store beyond the memory",
                                        "(i64.store (i32.const 65529) (i64.const 1))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "fill beyond the memory",
                                        "(memory.fill (i32.const 65535) (i32.const 0) (i32.const 2))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "fill whose end overflows",
                                        "(memory.fill (i32.const 1) (i32.const 0) (i32.const -1))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "copy from beyond the memory",
                                        "(memory.copy (i32.const 0) (i32.const 65535) (i32.const 2))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "copy of a negative length",
                                        "(memory.copy (i32.const 0) (i32.const 0) (i32.const -1))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "initialisation from beyond a segment",
                                        "(memory.init $data (i32.const 0) (i32.const 2) (i32.const 2))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "initialisation from a dropped segment",
                                        "(data.drop $data) (memory.init $data (i32.const 0) (i32.const 0) (i32.const 1))",
                                        Trap.OutOfBoundsMemory.class),
                                Arguments.of(
                                        "call beyond the table",
                                        "(call_indirect (type $none) (i32.const 9))",
                                        Trap.OutOfBoundsTable.class),
                                Arguments.of(
                                        "call of an empty entry",
                                        "(call_indirect (type $none) (i32.const 2))",
                                        Trap.IndirectCallMismatch.class),
                                Arguments.of(
                                        "call of another type",
                                        "(call_indirect (type $none) (i32.const 1))",
                                        Trap.IndirectCallMismatch.class))
                        .map(each -> Arguments.of(each.get()[0], engine, each.get()[1], each.get()[2])));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("breaks")
    void what_a_guest_breaks_on_has_its_name(String name, Tiering engine, String code, Class<? extends Trap> expected) {
        String module = """
                (module
                  (type $none (func))
                  (type $number (func (result i32)))
                  (memory 1 1)
                  (table 3 3 funcref)
                  (elem (i32.const 0) $nothing $one)
                  (data $data "abc")
                  (func $nothing)
                  (func $one (result i32) (i32.const 1))
                  (func (export "run") %s))
                """.formatted(code);

        CallResult result = TestSandbox.on(engine).call(TestCall.of(module));

        assertThat(result).isInstanceOf(CallResult.Trapped.class);
        Trap trap = ((CallResult.Trapped) result).trap();
        assertThat(trap).isInstanceOf(expected);
        assertThat(trap.message()).doesNotContain("com.", "java.", "chicory", "Exception");
        assertThat(result.usage().fuel()).isGreaterThan(Fuel.NONE);
    }
}
