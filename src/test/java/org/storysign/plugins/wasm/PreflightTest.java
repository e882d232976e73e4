package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.storysign.plugins.kit.ModuleBuilder.END;
import static org.storysign.plugins.kit.ModuleBuilder.I32;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.kit.ModuleBuilder;
import org.storysign.plugins.kit.WasmBytes;
import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.fuel.MeteredModule;

class PreflightTest {

    private static final CodeLimits LIMITS = SecurityLevel.STANDARD.code();

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("nothing", 0, new byte[0]),
                Arguments.of(
                        "half a header", 0, WasmBytes.of(0, 0x61, 0x73, 0x6D).toBytes()),
                Arguments.of("another file", 0, "#!/bin/sh --".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Arguments.of(
                        "version 2",
                        4,
                        WasmBytes.of(0, 0x61, 0x73, 0x6D, 2, 0, 0, 0).toBytes()),
                Arguments.of("unknown section", 8, section(14)),
                Arguments.of(
                        "section longer than the module",
                        10,
                        ModuleBuilder.header().bytes(1, 9, 0).toBytes()),
                Arguments.of("section longer than what it holds", 11, section(1, 0, 0)),
                Arguments.of("section shorter than what it holds", 13, section(1, 1, 0x60, 0)),
                Arguments.of(
                        "type section twice",
                        11,
                        ModuleBuilder.header().bytes(1, 1, 0, 1, 1, 0).toBytes()),
                Arguments.of(
                        "sections in the wrong order",
                        11,
                        ModuleBuilder.header().bytes(3, 1, 0, 1, 1, 0).toBytes()),
                Arguments.of(
                        "data count behind code",
                        11,
                        ModuleBuilder.header().bytes(10, 1, 0, 12, 1, 0).toBytes()),
                Arguments.of("count that takes six bytes", 10, section(1, 0x80, 0x80, 0x80, 0x80, 0x80, 0)),
                Arguments.of("count with bits above 32", 10, section(1, 0x80, 0x80, 0x80, 0x80, 0x10)),
                Arguments.of("unknown type form", 11, section(1, 1, 0x61)),
                Arguments.of("unknown value type", 13, section(1, 1, 0x60, 1, 0x01, 0)),
                Arguments.of("name that is not UTF-8", 11, section(7, 1, 2, 0xC3, 0x28, 0, 0)),
                Arguments.of("name in overlong UTF-8", 11, section(7, 1, 2, 0xC0, 0x80, 0, 0)),
                Arguments.of("name with half of a surrogate pair", 11, section(7, 1, 3, 0xED, 0xA0, 0x80, 0, 0)),
                Arguments.of("unknown kind of import", 15, section(2, 1, 1, 'm', 1, 'n', 5, 0)),
                Arguments.of("unknown kind of export", 13, section(7, 1, 1, 'e', 5, 0)),
                Arguments.of("unknown limits", 11, section(5, 1, 0x10, 1)),
                Arguments.of("unknown mutability", 12, section(6, 1, I32, 4, 0x41, 0, END)),
                Arguments.of("table of numbers", 11, section(4, 1, I32, 0, 1)),
                Arguments.of(
                        "function without code",
                        15,
                        new ModuleBuilder()
                                .section(1, WasmBytes.of(0))
                                .section(3, WasmBytes.of(1, 0))
                                .toBytes()),
                Arguments.of("code without function", 11, section(10, 1, 2, 0, END)),
                Arguments.of("data count that is wrong", 11, section(12, 1)),
                Arguments.of("unknown kind of data segment", 11, section(11, 1, 3, 0, 0)),
                Arguments.of("unknown kind of element segment", 11, section(9, 1, 8, 0, 0)),
                Arguments.of("block in a constant expression", 13, section(6, 1, I32, 0, 0x02, 0x40, END, END)),
                Arguments.of("unknown instruction", 23, code(0xFF)),
                Arguments.of("unknown instruction behind the prefix", 23, code(0xFC, 99)),
                Arguments.of("function that does not end", 26, code(0x02, 0x40)),
                Arguments.of("function that goes on behind its end", 24, code(END)),
                Arguments.of("else without if", 25, code(0x02, 0x40, 0x05, END)),
                Arguments.of("second else", 28, code(0x41, 0, 0x04, 0x40, 0x05, 0x05, END)),
                Arguments.of("block type in two bytes", 24, code(0x02, 0xC0, 0x7F, END)),
                Arguments.of("memory.init without a data count", 29, code(0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 8, 0, 0)),
                Arguments.of("select of two types", 23, code(0x1C, 2, I32, I32)));
    }

    private static byte[] section(int id, int... content) {
        return ModuleBuilder.header().bytes(id).sized(WasmBytes.of(content)).toBytes();
    }

    /** One function; its first instruction stands at byte 23. */
    private static byte[] code(int... code) {
        return Bombs.function(WasmBytes.of(code));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void what_is_not_the_binary_format_is_malformed_at_its_offset(String name, int offset, byte[] bytes) {
        WasmBinary binary = new WasmBinary(bytes);

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Preflight.check(binary, LIMITS));

        assertThat(problem.code()).isEqualTo(ProblemCode.MODULE_MALFORMED);
        assertThat(problem.facts()).isEqualTo(Map.of(FactKey.OFFSET, offset));
    }

    @Test
    void the_smallest_module_passes() {
        WasmBinary binary = new WasmBinary(ModuleBuilder.header().toBytes());

        assertThat(Preflight.check(binary, LIMITS).binary()).isEqualTo(binary);
    }

    @Test
    void custom_sections_may_stand_anywhere_and_hold_anything() {
        byte[] bytes = ModuleBuilder.header()
                .bytes(0, 3, 1, 'a', 0xFF, 1, 1, 0, 0, 2, 1, 'b', 3, 1, 0, 0, 2, 1, 'a')
                .toBytes();

        assertThatCode(() -> Preflight.check(new WasmBinary(bytes), LIMITS)).doesNotThrowAnyException();
    }

    @Test
    void a_module_as_large_as_its_level_allows_passes_and_one_byte_more_is_too_large() {
        byte[] bytes =
                new ModuleBuilder().custom("c", new WasmBytes().repeat(500, 0)).toBytes();
        WasmBinary binary = new WasmBinary(bytes);
        CodeLimits exact = new CodeLimits(new MemorySize(bytes.length), 1, 1);
        CodeLimits less = new CodeLimits(new MemorySize(bytes.length - 1L), 1, 1);

        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> Preflight.check(binary, LimitSwitch.plugged(less)));

        assertThatCode(() -> Preflight.check(binary, LimitSwitch.plugged(exact)))
                .doesNotThrowAnyException();
        assertThat(problem.code()).isEqualTo(ProblemCode.MODULE_TOO_LARGE);
        assertThat(problem.facts()).isEqualTo(Map.of(FactKey.LIMIT, bytes.length - 1L, FactKey.FOUND, bytes.length));
    }

    @Test
    void a_module_has_at_most_the_functions_its_level_allows() {
        byte[] bytes = new ModuleBuilder()
                .type(List.of(), List.of())
                .function(0, WasmBytes.of(END))
                .function(0, WasmBytes.of(END))
                .toBytes();
        WasmBinary binary = new WasmBinary(bytes);

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> Preflight.check(binary, LimitSwitch.plugged(new CodeLimits(MemorySize.ofMiB(1), 1, 1))));

        assertThatCode(() -> Preflight.check(binary, new CodeLimits(MemorySize.ofMiB(1), 1, 2)))
                .doesNotThrowAnyException();
        assertThat(rule(problem)).contains("rule=cap-functions");
    }

    @Test
    void a_module_has_at_most_half_as_many_instructions_as_its_level_allows_bytes() {
        CodeLimits limits = new CodeLimits(new MemorySize(200), 1, 1);
        WasmBinary most = new WasmBinary(Bombs.function(new WasmBytes().repeat(99, 0x01)));
        WasmBinary more = new WasmBinary(Bombs.function(new WasmBytes().repeat(100, 0x01)));

        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> Preflight.check(more, LimitSwitch.plugged(limits)));

        assertThatCode(() -> Preflight.check(most, LimitSwitch.plugged(limits))).doesNotThrowAnyException();
        assertThat(rule(problem)).contains("rule=cap-instructions");
    }

    @Test
    void the_meters_names_are_reserved_in_imports_and_exports() {
        byte[] imports = new ModuleBuilder()
                .type(List.of(), List.of())
                .importFunction(MeteredModule.METER_MODULE, MeteredModule.REFILL, 0)
                .toBytes();
        byte[] exports = new ModuleBuilder()
                .type(List.of(), List.of())
                .function(0, WasmBytes.of(END))
                .export(MeteredModule.METER_MODULE, 0, 0)
                .toBytes();
        byte[] near = new ModuleBuilder()
                .type(List.of(), List.of())
                .function(0, WasmBytes.of(END))
                .export("storysign", 0, 0)
                .toBytes();

        assertThat(rule(rejection(imports))).contains("rule=reserved-name");
        assertThat(rule(rejection(exports))).contains("rule=reserved-name");
        assertThatCode(() -> Preflight.check(new WasmBinary(near), LIMITS)).doesNotThrowAnyException();
    }

    @Test
    void only_functions_can_be_imported() {
        byte[] memory = section(2, 1, 3, 'e', 'n', 'v', 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0, 1);
        byte[] table = section(2, 1, 1, 'm', 1, 't', 1, 0x70, 0, 1);
        byte[] global = section(2, 1, 1, 'm', 1, 'g', 3, I32, 0);

        assertThat(rejection(memory).detail()).contains("import `env.memory`").contains("`--import-memory`");
        assertThat(rule(rejection(table))).contains("rule=import-kind");
        assertThat(rule(rejection(global))).contains("rule=import-kind");
    }

    private static ProblemException rejection(byte[] bytes) {
        return catchThrowableOfType(ProblemException.class, () -> Preflight.check(new WasmBinary(bytes), LIMITS));
    }

    private static String rule(ProblemException problem) {
        return String.valueOf(problem.facts().get(FactKey.FINDINGS));
    }
}
