package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.storysign.plugins.kit.ModuleBuilder.END;
import static org.storysign.plugins.kit.ModuleBuilder.I32;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.ModuleBuilder;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.WasmBytes;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class RefusedFeatureTest {

    static Stream<Arguments> modules() {
        return Stream.of(
                found("component", RefusedFeature.COMPONENTS, WasmBytes.of(0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0)),
                code("return_call", RefusedFeature.TAIL_CALLS, 0x12, 0),
                code("return_call_indirect", RefusedFeature.TAIL_CALLS, 0x13, 0, 0),
                code("call_ref", RefusedFeature.GC, 0x14, 0),
                code("struct.new", RefusedFeature.GC, 0xFB, 0, 0),
                code("ref.eq", RefusedFeature.GC, 0xD3),
                code("ref.null any", RefusedFeature.GC, 0xD0, 0x6E, 0x1A),
                code("block of a reference to a struct", RefusedFeature.GC, 0x02, 0x6B, END),
                section("recursive types", RefusedFeature.GC, 1, 1, 0x4E, 1, 0x60, 0, 0),
                section("struct type", RefusedFeature.GC, 1, 1, 0x5F, 0),
                section("parameter of type (ref func)", RefusedFeature.GC, 1, 1, 0x60, 1, 0x64, 0x70, 0),
                section("table with an initial value", RefusedFeature.GC, 4, 1, 0x40, 0, 0x70, 0, 1, 0xD0, 0x70, END),
                code("i32.atomic.load", RefusedFeature.THREADS, 0x41, 0, 0xFE, 0x10, 2, 0),
                section("shared memory", RefusedFeature.THREADS, 5, 1, 3, 1, 1),
                section("shared global", RefusedFeature.THREADS, 6, 1, I32, 3, 0x41, 0, END),
                code("try", RefusedFeature.EXCEPTION_HANDLING, 0x06, 0x40, END),
                code("try_table", RefusedFeature.EXCEPTION_HANDLING, 0x1F, 0x40, 0, END),
                code("throw", RefusedFeature.EXCEPTION_HANDLING, 0x08, 0),
                section("tag section", RefusedFeature.EXCEPTION_HANDLING, 13, 1, 0, 0),
                section("exported tag", RefusedFeature.EXCEPTION_HANDLING, 7, 1, 1, 'e', 4, 0),
                section("imported tag", RefusedFeature.EXCEPTION_HANDLING, 2, 1, 1, 'm', 1, 't', 4, 0, 0),
                code("v128.const", RefusedFeature.SIMD, 0xFD, 12),
                section("parameter of type v128", RefusedFeature.SIMD, 1, 1, 0x60, 1, 0x7B, 0),
                code("select of v128", RefusedFeature.SIMD, 0x1C, 1, 0x7B),
                section("two memories", RefusedFeature.MULTI_MEMORY, 5, 2, 0, 1, 0, 1),
                code("load from memory 1", RefusedFeature.MULTI_MEMORY, 0x41, 0, 0x28, 0x42, 1, 0),
                code("memory.size of memory 1", RefusedFeature.MULTI_MEMORY, 0x3F, 1),
                code("memory.copy into memory 1", RefusedFeature.MULTI_MEMORY, 0xFC, 10, 1, 0),
                section("data for memory 1", RefusedFeature.MULTI_MEMORY, 11, 1, 2, 1, 0x41, 0, END, 0),
                section("memory64", RefusedFeature.MEMORY64, 5, 1, 4, 1),
                section("table64", RefusedFeature.MEMORY64, 4, 1, 0x70, 4, 1),
                section("custom page size", RefusedFeature.CUSTOM_PAGE_SIZES, 5, 1, 8, 1, 0),
                section("two tables", RefusedFeature.MULTI_TABLE, 4, 2, 0x70, 0, 1, 0x70, 0, 1),
                code("call_indirect of table 1", RefusedFeature.MULTI_TABLE, 0x41, 0, 0x11, 0, 1),
                section("elements for table 1", RefusedFeature.MULTI_TABLE, 9, 1, 2, 1, 0x41, 0, END, 0, 0),
                code("table.init", RefusedFeature.TABLE_MUTATION, 0xFC, 12, 0, 0),
                code("table.copy", RefusedFeature.TABLE_MUTATION, 0xFC, 14, 0, 0),
                code("table.grow", RefusedFeature.TABLE_MUTATION, 0xFC, 15, 0),
                code("table.fill", RefusedFeature.TABLE_MUTATION, 0xFC, 17, 0),
                parameters("block", "i32 i32"),
                parameters("loop", "i64 f32"),
                parameters("if", "i32 i32 i32"));
    }

    private static Arguments found(String name, RefusedFeature feature, WasmBytes bytes) {
        return Arguments.of(name, feature, bytes.toBytes());
    }

    private static Arguments code(String name, RefusedFeature feature, int... code) {
        return Arguments.of(name, feature, Bombs.function(WasmBytes.of(code)));
    }

    private static Arguments parameters(String opcode, String types) {
        return Arguments.of(opcode + " that takes " + types, RefusedFeature.BLOCK_PARAMETERS, taking(opcode, types));
    }

    /** A function with a block that takes values of these types and drops them. */
    private static byte[] taking(String opcode, String types) {
        List<String> each = List.of(types.split(" "));
        String values = each.stream().map(type -> "(" + type + ".const 0)").collect(Collectors.joining());
        String drops = "(drop)".repeat(each.size());
        String block = opcode.equals("if")
                ? "(i32.const 1) (if (param %s) (then %s) (else %s))".formatted(types, drops, drops)
                : "(%s (param %s) %s)".formatted(opcode, types, drops);
        return Wat.assemble("(module (func " + values + block + "))");
    }

    private static Arguments section(String name, RefusedFeature feature, int id, int... content) {
        return Arguments.of(
                name,
                feature,
                new ModuleBuilder().section(id, WasmBytes.of(content)).toBytes());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void a_refused_feature_is_named_and_the_author_told_what_to_change(
            String name, RefusedFeature feature, byte[] bytes) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Modules.read(bytes));

        assertThat(problem.code()).isEqualTo(ProblemCode.MODULE_REJECTED);
        assertThat(problem.facts().get(FactKey.FINDINGS)).asString().contains("rule=" + feature.rule());
        assertThat(problem.detail()).contains(feature.title()).contains(feature.advice());
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "loop", "if"})
    void a_block_that_takes_one_value_is_accepted(String opcode) {
        assertThatNoException().isThrownBy(() -> Modules.read(taking(opcode, "i64")));
    }

    @Test
    void every_refused_feature_is_tested_here() {
        List<Object> tested = modules().map(each -> each.get()[1]).distinct().toList();

        assertThat(tested).containsExactlyInAnyOrder((Object[]) RefusedFeature.values());
    }
}
