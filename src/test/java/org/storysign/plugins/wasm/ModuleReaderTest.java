package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.storysign.plugins.kit.ModuleBuilder.END;
import static org.storysign.plugins.kit.ModuleBuilder.I32;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.ModuleBuilder;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.RealModules;
import org.storysign.plugins.kit.WasmBytes;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class ModuleReaderTest {

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("operand of another type", code(0x42, 0, 0x45, 0x1A)),
                Arguments.of("operand missing", code(0x1A)),
                Arguments.of("operand left over", code(0x41, 0)),
                Arguments.of("unknown local", code(0x20, 0, 0x1A)),
                Arguments.of("unknown global", code(0x23, 0, 0x1A)),
                Arguments.of("unknown function", code(0x10, 7)),
                Arguments.of("unknown label", code(0x0C, 7)),
                Arguments.of("unknown type", code(0x41, 0, 0x11, 7, 0)),
                Arguments.of("call_indirect without a table", code(0x41, 0, 0x11, 0, 0)),
                Arguments.of("load without a memory", code(0x41, 0, 0x28, 2, 0, 0x1A)),
                Arguments.of("alignment above the natural one", withMemory(0x41, 0, 0x28, 3, 0, 0x1A)),
                Arguments.of(
                        "function of an unknown type",
                        module().section(3, WasmBytes.of(1, 7)).toBytes()),
                Arguments.of(
                        "import of an unknown type",
                        new ModuleBuilder().importFunction("m", "n", 3).toBytes()),
                Arguments.of(
                        "two exports of one name",
                        module().export("e", 0, 0).export("e", 0, 0).toBytes()),
                Arguments.of(
                        "export of an unknown function",
                        module().export("e", 0, 9).toBytes()),
                Arguments.of(
                        "export of an unknown table", module().export("e", 1, 0).toBytes()),
                Arguments.of(
                        "export of an unknown memory",
                        module().export("e", 2, 0).toBytes()),
                Arguments.of(
                        "export of an unknown global",
                        module().export("e", 3, 0).toBytes()),
                Arguments.of(
                        "unknown start function",
                        module().section(8, WasmBytes.of(9)).toBytes()),
                Arguments.of("start function with a result", startWithResult()),
                Arguments.of(
                        "memory whose minimum is above its maximum",
                        new ModuleBuilder().memory(2, 1).toBytes()),
                Arguments.of(
                        "memory above 4 GiB", new ModuleBuilder().memory(65_537).toBytes()),
                Arguments.of(
                        "memory that may grow above 4 GiB",
                        new ModuleBuilder().memory(1, 65_537).toBytes()),
                Arguments.of(
                        "table whose minimum is above its maximum",
                        new ModuleBuilder()
                                .entry(4, WasmBytes.of(0x70, 1, 2, 1))
                                .toBytes()),
                Arguments.of(
                        "global of another type",
                        new ModuleBuilder()
                                .entry(6, WasmBytes.of(I32, 0, 0x42, 0, END))
                                .toBytes()),
                Arguments.of(
                        "global that is not constant",
                        new ModuleBuilder()
                                .entry(6, WasmBytes.of(I32, 0, 0x41, 0, 0x67, END))
                                .toBytes()),
                Arguments.of(
                        "data without a memory",
                        new ModuleBuilder()
                                .entry(11, WasmBytes.of(0, 0x41, 0, END, 0))
                                .toBytes()),
                Arguments.of(
                        "elements without a table",
                        module().entry(9, WasmBytes.of(0, 0x41, 0, END, 1, 0)).toBytes()),
                Arguments.of(
                        "elements of an unknown function",
                        module().table(1)
                                .entry(9, WasmBytes.of(0, 0x41, 0, END, 1, 9))
                                .toBytes()));
    }

    private static ModuleBuilder module() {
        return new ModuleBuilder().type(List.of(), List.of()).function(0, WasmBytes.of(END));
    }

    private static byte[] code(int... code) {
        return Bombs.function(WasmBytes.of(code));
    }

    private static byte[] withMemory(int... code) {
        return new ModuleBuilder()
                .type(List.of(), List.of())
                .memory(1)
                .function(0, WasmBytes.of(code).bytes(END))
                .toBytes();
    }

    private static byte[] startWithResult() {
        return new ModuleBuilder()
                .type(List.of(), List.of(I32))
                .function(0, WasmBytes.of(0x41, 0, END))
                .section(8, WasmBytes.of(0))
                .toBytes();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void what_does_not_pass_validation_is_invalid_in_words_without_java(String name, byte[] bytes) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Modules.read(bytes));

        assertThat(problem.code()).isEqualTo(ProblemCode.MODULE_INVALID);
        assertThat(problem.detail()).doesNotContain("Exception", "java.", "com.", "Error");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.storysign.plugins.kit.RealModules#named")
    void what_compilers_emit_by_default_is_valid(String name, byte[] bytes) {
        assertThat(Modules.scanned(bytes).report().isRejected()).isFalse();
    }

    @Test
    void the_shape_tells_what_others_see() {
        ModuleShape shape = Modules.read(RealModules.LLVM_LIKE).shape();

        FunctionType none = FunctionType.of(List.of(), List.of());
        FunctionType allocate = FunctionType.of(List.of(ValueType.I64), List.of(ValueType.I64));
        assertThat(shape.imports()).containsExactly(new ImportedFunction("extism:host/env", "alloc", allocate));
        assertThat(shape.exports()).isEqualTo(Map.of("run", none));
        assertThat(shape.memory()).contains(new MemoryShape(2, OptionalLong.empty()));
        assertThat(shape.table()).contains(new TableShape(ValueType.FUNCREF, 2, OptionalLong.of(2)));
        assertThat(shape.functions()).isEqualTo(2);
        assertThat(shape.hasStart()).isFalse();
        assertThat(shape.names().of(1)).isEqualTo("`square`");
        assertThat(shape.names().of(99)).isEqualTo("function 99");
        assertThat(shape.mutableGlobals()).isEqualTo(Set.of("__stack_pointer"));
    }

    @Test
    void a_preflighted_module_can_be_read_again() {
        PreflightedModule preflighted =
                Preflight.check(new WasmBinary(RealModules.LLVM_LIKE), SecurityLevel.STANDARD.code());

        ModuleShape first = ModuleReader.read(preflighted).shape();

        assertThat(ModuleReader.read(preflighted).shape()).isEqualTo(first);
    }

    @Test
    void a_module_without_anything_has_an_empty_shape() {
        ModuleShape shape = Modules.read(ModuleBuilder.header().toBytes()).shape();

        assertThat(shape)
                .isEqualTo(new ModuleShape(
                        List.of(), Map.of(), Optional.empty(), Optional.empty(), 0, false, FunctionNames.NONE));
    }
}
