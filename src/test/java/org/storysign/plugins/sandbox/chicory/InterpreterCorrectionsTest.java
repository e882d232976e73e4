package org.storysign.plugins.sandbox.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.sandbox.CallResult;

/**
 * Whatever takes an i32 takes 32 bits of it, also when a product was larger: the interpreter keeps the rest of it on its stack
 * ({@link InterpreterCorrections}).
 */
@Tag("proof")
class InterpreterCorrectionsTest {

    /** 0, 64, -2 and 1 as i32. */
    private static final List<String> PRODUCTS = List.of(
            "(i32.mul (i32.const 0x0c000000) (i32.const 0x40))",
            "(i32.mul (i32.const 0x0c000001) (i32.const 0x40))",
            "(i32.mul (i32.const 0x7fffffff) (i32.const 2))",
            "(i32.mul (i32.const -1) (i32.const -1))");

    private static final List<String> UNARY =
            List.of("i32.eqz", "i32.clz", "i32.ctz", "i32.popcnt", "i32.extend8_s", "i32.extend16_s");

    private static final List<String> BINARY = Stream.of(
                    "add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u"
                            .split(" "))
            .map("i32."::concat)
            .toList();

    /** Expressions that give an i64, with %s where the i32 goes. */
    private static final List<String> OTHERS = List.of(
            "(i64.extend_i32_s %s)",
            "(i64.extend_i32_u %s)",
            "(i64.reinterpret_f64 (f64.convert_i32_s %s))",
            "(i64.reinterpret_f64 (f64.convert_i32_u %s))",
            "(i64.extend_i32_u (i32.reinterpret_f32 (f32.convert_i32_s %s)))",
            "(i64.extend_i32_u (i32.reinterpret_f32 (f32.convert_i32_u %s)))",
            "(i64.extend_i32_u (i32.reinterpret_f32 (f32.reinterpret_i32 %s)))",
            "(if (result i64) %s (then (i64.const 1)) (else (i64.const 2)))",
            "(select (i64.const 1) (i64.const 2) %s)",
            "(select (result i64) (i64.const 1) (i64.const 2) %s)",
            "(block $out (result i64) (drop (br_if $out (i64.const 1) %s)) (i64.const 2))",
            "(block $out (result i64) (block $one (block $two (br_table $one $two %s)) (br $out (i64.const 3))) (i64.const 4))",
            "(i64.extend_i32_s (call_indirect (type $same) %s (i32.and (i32.const 1) %1$s)))",
            "(call_indirect (type $none) %s)",
            "(i64.extend_i32_s (call $same %s))",
            "(block (result i64) (local.set $i %s) (i64.extend_i32_s (local.get $i)))",
            "(block (result i64) (i64.extend_i32_s (local.tee $i %s)))",
            "(block (result i64) (global.set $g %s) (i64.extend_i32_s (global.get $g)))",
            "(block (result i64) (local.set $i %s) (if (result i64) (local.get $i) (then (i64.const 1)) (else (i64.const 2))))",
            "(if (result i64) (call $same %s) (then (i64.const 1)) (else (i64.const 2)))",
            "(i64.load %s)",
            "(i64.extend_i32_u (i32.load8_u offset=3 %s))",
            "(block (result i64) (i32.store (i32.const 8) %s) (i64.load (i32.const 8)))",
            "(block (result i64) (i32.store8 (i32.const 8) %s) (i64.load (i32.const 8)))",
            "(block (result i64) (i32.store16 (i32.const 8) %s) (i64.load (i32.const 8)))",
            "(block (result i64) (i32.store %s (i32.const 7)) (i64.load (i32.const 64)))",
            "(block (result i64) (i32.store8 %s (i32.const 7)) (i64.load (i32.const 64)))",
            "(block (result i64) (i32.store16 %s (i32.const 7)) (i64.load (i32.const 64)))",
            "(block (result i64) (i64.store %s (i64.const 7)) (i64.load (i32.const 64)))",
            "(block (result i64) (i64.store8 %s (i64.const 7)) (i64.load (i32.const 64)))",
            "(block (result i64) (i64.store32 %s (i64.const 7)) (i64.load (i32.const 64)))",
            "(i64.extend_i32_s (memory.grow %s))",
            "(block (result i64) (memory.fill (i32.const 8) %s (i32.const 3)) (i64.load (i32.const 8)))",
            "(block (result i64) (memory.fill (i32.const 8) (i32.const 1) (i32.and %s (i32.const 0xff))) (i64.load (i32.const 8)))",
            "(block (result i64) (memory.fill (i32.const 8) (i32.const 1) %s) (i64.load (i32.const 8)))",
            "(block (result i64) (memory.fill %s (i32.const 1) (i32.const 3)) (i64.load (i32.const 64)))",
            "(block (result i64) (memory.copy %s (i32.const 0) (i32.const 3)) (i64.load (i32.const 64)))",
            "(block (result i64) (memory.copy (i32.const 8) %s (i32.const 3)) (i64.load (i32.const 8)))",
            "(block (result i64) (memory.init $d (i32.const 8) %s (i32.const 1)) (i64.load (i32.const 8)))",
            "(block (result i64) (memory.init $d %s (i32.const 0) (i32.const 1)) (i64.load (i32.const 64)))",
            "(i64.extend_i32_s (ref.is_null (table.get $t %s)))",
            "(block (result i64) (table.set $t %s (ref.null func)) (i64.const 9))");

    static Stream<String> expressions() {
        Stream<String> unary = UNARY.stream().map(each -> "(i64.extend_i32_s (" + each + " %s))");
        Stream<String> binary = BINARY.stream()
                .flatMap(each -> Stream.of(
                        "(i64.extend_i32_s (" + each + " %s (i32.const 3)))",
                        "(i64.extend_i32_s (" + each + " (i32.const 3) %s))",
                        "(if (result i64) (" + each + " %s (i32.const 3)) (then (i64.const 1)) (else (i64.const 2)))"));
        return Stream.of(unary, binary, OTHERS.stream()).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void both_engines_see_the_same_i32(String expression) {
        for (String product : PRODUCTS) {
            TestCall call = TestCall.of(module(expression.formatted(product)));

            assertThat(ending(Tiering.INTERPRETED, call)).as(product).isEqualTo(ending(Tiering.COMPILED, call));
        }
    }

    static Stream<String> accesses() {
        Stream<String> loads = Stream.of(
                        ("i32.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u i64.load i64.load8_s i64.load8_u i64.load16_s"
                                        + " i64.load16_u i64.load32_s i64.load32_u f32.load f64.load")
                                .split(" "))
                .map(load -> "(block (result i64) (drop (" + load + " %s)) (i64.const 1))");
        Stream<String> stores = Stream.of(
                        "i32.store i32.store8 i32.store16 i64.store i64.store8 i64.store16 i64.store32 f32.store f64.store"
                                .split(" "))
                .map(store -> "(block (result i64) (" + store + " %s (" + store.substring(0, 3)
                        + ".const 1)) (i64.const 1))");
        return Stream.concat(loads, stores);
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void an_address_beyond_2_to_the_32_never_wraps_around(String access) {
        for (String address : List.of(
                "offset=54 (i32.const -1)",
                "offset=0xffffffff (i32.const 54)",
                "offset=0xffffffff (i32.const -1)",
                "offset=0x7fffffff (i32.const 0x7fffffff)",
                "offset=0x80000000 (i32.const 0x80000000)")) {
            TestCall call = TestCall.of(module(access.formatted(address)));

            for (Tiering engine : List.of(Tiering.INTERPRETED, Tiering.COMPILED)) {
                assertThat(ending(engine, call)).as(address + " " + engine).isEqualTo("memory-out-of-bounds");
            }
        }
    }

    private static String ending(Tiering engine, TestCall call) {
        return switch (TestSandbox.on(engine).call(call)) {
            case CallResult.Returned returned -> HexFormat.of().formatHex(returned.output());
            case CallResult.Trapped trapped -> trapped.trap().code().code();
        };
    }

    private static String module(String expression) {
        return """
                (module
                  (type $same (func (param i32) (result i32)))
                  (type $none (func (result i64)))
                  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
                  (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
                  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                  (memory 1)
                  (table $t 3 funcref)
                  (elem (i32.const 0) $seven $same $same)
                  (data $d "abc")
                  (global $g (mut i32) (i32.const 0))
                  (func $seven (result i64) (i64.const 7))
                  (func $same (param i32) (result i32) (local.get 0))
                  (func (export "run") (local $i i32) (local $block i64) (local $value i64)
                    (local.set $value %s)
                    (local.set $block (call $alloc (i64.const 8)))
                    (call $store (local.get $block) (local.get $value))
                    (call $output (local.get $block) (i64.const 8))))""".formatted(expression);
    }
}
