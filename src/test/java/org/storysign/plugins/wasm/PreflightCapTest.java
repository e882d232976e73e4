package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.storysign.plugins.kit.ModuleBuilder.END;
import static org.storysign.plugins.kit.ModuleBuilder.I32;
import static org.storysign.plugins.kit.ModuleBuilder.I64;
import static org.storysign.plugins.wasm.PreflightCap.*;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.ModuleBuilder;
import org.storysign.plugins.kit.WasmBytes;
import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class PreflightCapTest {

    private static final CodeLimits WIDE = new CodeLimits(MemorySize.ofMiB(64), 1_000_000, 1_000_000);
    private static final int CONST = 0x41;

    /** For each cap a module that has exactly so many of what is counted, and few of anything else. */
    private static final Map<PreflightCap, IntFunction<byte[]>> MODULES = modules();

    private static Map<PreflightCap, IntFunction<byte[]>> modules() {
        Map<PreflightCap, IntFunction<byte[]>> modules = new EnumMap<>(PreflightCap.class);
        modules.put(TYPES, PreflightCapTest::types);
        modules.put(TYPE_VALUES, PreflightCapTest::typeValues);
        modules.put(
                PARAMETERS,
                n -> empty().type(Collections.nCopies(n, I64), List.of()).toBytes());
        modules.put(
                RESULTS,
                n -> empty().type(List.of(), Collections.nCopies(n, I64)).toBytes());
        modules.put(
                IMPORTS,
                n -> repeated(
                        n,
                        empty().type(List.of(), List.of()),
                        (module, index) -> module.importFunction("m", "f" + index, 0)));
        modules.put(SAME_TYPE_PAIRS, PreflightCapTest::sameTypePairs);
        modules.put(GLOBALS, n -> repeated(n, empty(), (module, index) -> module.global()));
        modules.put(EXPORTS, n -> repeated(n, empty(), (module, index) -> module.export("e" + index, 0, 0)));
        modules.put(NAME_LENGTH, n -> empty().export("n".repeat(n), 0, 0).toBytes());
        modules.put(CUSTOM_SECTIONS, n -> repeated(n, empty(), (module, index) -> module.custom("c", new WasmBytes())));
        modules.put(
                ELEMENT_SEGMENTS,
                n -> empty().section(9, new WasmBytes().u32(n).repeat(n, 1, 0, 0))
                        .toBytes());
        modules.put(
                ELEMENTS,
                n -> empty().section(9, WasmBytes.of(1, 1, 0).u32(n).repeat(n, 0))
                        .toBytes());
        modules.put(
                DATA_SEGMENTS,
                n -> empty().section(11, new WasmBytes().u32(n).repeat(n, 1, 0)).toBytes());
        modules.put(
                CONSTANT_INSTRUCTIONS,
                n -> empty().section(
                                6, WasmBytes.of(1, I32, 0).repeat(n, CONST, 0).bytes(END))
                        .toBytes());
        modules.put(LOCALS_OF_FUNCTION, n -> locals(n, n));
        modules.put(LOCALS, n -> locals(n, 5_000));
        modules.put(INSTRUCTIONS_OF_FUNCTION, n -> Bombs.function(new WasmBytes().repeat(n - 1, 0x01)));
        modules.put(
                NESTING,
                n -> Bombs.function(new WasmBytes().repeat(n, 0x02, 0x40).repeat(n, END)));
        modules.put(OPERANDS, n -> Bombs.function(new WasmBytes().repeat(n, CONST, 0)));
        modules.put(BRANCH_TARGETS_OF_FUNCTION, n -> branchTables(n, n));
        modules.put(BRANCH_TARGETS, n -> branchTables(n, 20_000));
        modules.put(BRANCH_DEPTH, PreflightCapTest::branchDepth);
        modules.put(DROPPED_OPERANDS, PreflightCapTest::droppedOperands);
        return modules;
    }

    @Test
    void every_cap_is_tested_here() {
        assertThat(MODULES).containsOnlyKeys(PreflightCap.values());
    }

    @ParameterizedTest
    @EnumSource
    void a_module_that_reaches_a_cap_passes(PreflightCap cap) {
        WasmBinary binary = binary(cap, cap.most());

        assertThatCode(() -> Preflight.check(binary, WIDE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void a_module_with_one_more_than_a_cap_is_rejected_by_the_name_of_the_cap(PreflightCap cap) {
        WasmBinary binary = binary(cap, cap.most() + 1);

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Preflight.check(binary, WIDE));

        assertThat(problem.code()).isEqualTo(ProblemCode.MODULE_REJECTED);
        assertThat(problem.facts().get(FactKey.FINDINGS)).asString().contains("rule=" + cap.rule());
        assertThat(problem.detail()).contains("found " + (cap.most() + 1) + " " + cap.what());
    }

    private static WasmBinary binary(PreflightCap cap, long count) {
        return new WasmBinary(Objects.requireNonNull(MODULES.get(cap)).apply((int) count));
    }

    private static ModuleBuilder empty() {
        return new ModuleBuilder();
    }

    private interface Step {
        void add(ModuleBuilder module, int index);
    }

    private static byte[] repeated(int times, ModuleBuilder module, Step step) {
        for (int index = 0; index < times; index++) {
            step.add(module, index);
        }
        return module.toBytes();
    }

    private static byte[] types(int count) {
        return empty().section(1, new WasmBytes().u32(count).repeat(count, 0x60, 0, 0))
                .toBytes();
    }

    private static byte[] typeValues(int count) {
        ModuleBuilder module = empty();
        for (int left = count; left > 0; left -= 100) {
            module.type(Collections.nCopies(Math.min(left, 100), I32), List.of());
        }
        return module.toBytes();
    }

    /** Thousand equal types with a hundredth of the functions each, and one type for what remains. */
    private static byte[] sameTypePairs(int count) {
        ModuleBuilder module = empty();
        for (int index = 0; index < 1_000; index++) {
            module.type(List.of(), List.of());
        }
        module.type(List.of(I32), List.of());
        for (int index = 0; index < count / 1_000; index++) {
            module.function(0, WasmBytes.of(END));
        }
        for (int index = 0; index < count % 1_000; index++) {
            module.function(1_000, WasmBytes.of(END));
        }
        return module.toBytes();
    }

    private static byte[] locals(int count, int each) {
        ModuleBuilder module = empty().type(List.of(), List.of());
        for (int left = count; left > 0; left -= each) {
            module.function(0, WasmBytes.of(1).u32(Math.min(left, each)).bytes(I32), WasmBytes.of(END));
        }
        return module.toBytes();
    }

    private static byte[] branchTables(int count, int each) {
        ModuleBuilder module = empty().type(List.of(), List.of());
        for (int left = count; left > 0; left -= each) {
            int targets = Math.min(left, each);
            WasmBytes code = WasmBytes.of(CONST, 0, 0x0E).u32(targets).repeat(targets + 1, 0);
            module.function(0, code.bytes(END));
        }
        return module.toBytes();
    }

    /** Branches out of thousand blocks, and one out of as many as remain. */
    private static byte[] branchDepth(int count) {
        WasmBytes code = new WasmBytes().repeat(1_000, 0x02, 0x40);
        for (int left = count; left > 0; left -= 1_000) {
            code.bytes(0x0C).u32(Math.min(left, 1_000));
        }
        return Bombs.function(code.repeat(1_000, END));
    }

    /** Branches over 500 operands, and one over as many as remain. */
    private static byte[] droppedOperands(int count) {
        WasmBytes code = WasmBytes.of(0x02, 0x40).repeat(500, CONST, 0);
        code.repeat(count / 500, CONST, 0, 0x0D, 0).bytes(END);
        code.bytes(0x02, 0x40).repeat(count % 500, CONST, 0).bytes(CONST, 0, 0x0D, 0, END);
        return Bombs.function(code);
    }
}
