package org.storysign.plugins.wasm.fuel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.Opcode;
import org.storysign.plugins.wasm.ValueType;

/**
 * Makes valid modules that always end, from a seed: functions that call each other directly, through a table and the host, with
 * every kind of block and branch, code that cannot be reached, instructions that work by length, and traps. They export
 * {@code main (i32) -> (i32)}.
 */
final class RandomModule {

    static final List<FunctionType> TYPES = List.of(
            type(List.of(ValueType.I32), List.of(ValueType.I32)),
            type(List.of(), List.of()),
            type(List.of(), List.of(ValueType.I32)),
            type(List.of(ValueType.I32, ValueType.I64), List.of(ValueType.I64)),
            type(List.of(ValueType.I64), List.of(ValueType.I32, ValueType.I64)),
            type(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I32, ValueType.I32)),
            type(List.of(), List.of(ValueType.F64, ValueType.I32, ValueType.I64)),
            type(List.of(ValueType.I32), List.of()));

    static final int TABLE_SIZE = 8;
    static final int GLOBALS = 3;

    private final Random random;
    private final List<Integer> importTypes = new ArrayList<>();
    private final List<Integer> functionTypes = new ArrayList<>();

    private RandomModule(long seed) {
        random = new Random(seed);
    }

    static byte[] of(long seed) {
        return new RandomModule(seed).build();
    }

    private static FunctionType type(List<ValueType> params, List<ValueType> results) {
        return FunctionType.of(params, results);
    }

    private byte[] build() {
        IntStream.range(0, random.nextInt(3)).forEach(import_ -> importTypes.add(random.nextBoolean() ? 0 : 7));
        functionTypes.add(0);
        IntStream.range(0, 2 + random.nextInt(6)).forEach(function -> functionTypes.add(random.nextInt(TYPES.size())));
        BinaryWriter module = new BinaryWriter().copy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, 8);
        module.u8(1).sized(types());
        module.u8(2).sized(imports());
        module.u8(3).sized(functions());
        module.u8(4)
                .sized(new BinaryWriter()
                        .unsigned(1)
                        .u8(0x70)
                        .u8(1)
                        .unsigned(TABLE_SIZE)
                        .unsigned(TABLE_SIZE));
        module.u8(5).sized(new BinaryWriter().unsigned(1).u8(1).unsigned(1).unsigned(3));
        module.u8(6).sized(globals());
        module.u8(7).sized(exports());
        int start = functionTypes.indexOf(1);
        if (start >= 0 && random.nextInt(3) == 0) {
            module.u8(8).sized(new BinaryWriter().unsigned(importTypes.size() + start));
        }
        module.u8(9).sized(elements());
        module.u8(12).sized(new BinaryWriter().unsigned(2));
        module.u8(10).sized(code());
        module.u8(11).sized(data());
        return module.toBytes();
    }

    private static BinaryWriter types() {
        BinaryWriter section = new BinaryWriter().unsigned(TYPES.size());
        for (FunctionType type : TYPES) {
            section.u8(0x60).unsigned(type.params().size());
            type.params().forEach(param -> section.u8(param.code()));
            section.unsigned(type.results().size());
            type.results().forEach(result -> section.u8(result.code()));
        }
        return section;
    }

    private BinaryWriter imports() {
        BinaryWriter section = new BinaryWriter().unsigned(importTypes.size());
        for (int index = 0; index < importTypes.size(); index++) {
            section.name("env").name("h" + index).u8(0).unsigned(importTypes.get(index));
        }
        return section;
    }

    private BinaryWriter functions() {
        BinaryWriter section = new BinaryWriter().unsigned(functionTypes.size());
        functionTypes.forEach(section::unsigned);
        return section;
    }

    /** The first is the number of calls left; a function that finds none returns at once. */
    private BinaryWriter globals() {
        BinaryWriter section = new BinaryWriter().unsigned(GLOBALS + 1);
        section.u8(0x7F)
                .u8(1)
                .opcode(Opcode.I32_CONST)
                .signed(10 + random.nextInt(60))
                .opcode(Opcode.END);
        section.u8(0x7F).u8(1).opcode(Opcode.I32_CONST).signed(random.nextInt()).opcode(Opcode.END);
        section.u8(0x7E)
                .u8(1)
                .opcode(Opcode.I64_CONST)
                .signed(random.nextLong())
                .opcode(Opcode.END);
        section.u8(0x70).u8(0).opcode(Opcode.REF_FUNC).unsigned(anyFunction()).opcode(Opcode.END);
        return section;
    }

    private BinaryWriter exports() {
        BinaryWriter section = new BinaryWriter().unsigned(2);
        section.name("main").u8(0).unsigned(importTypes.size());
        return section.name("memory").u8(2).unsigned(0);
    }

    /** Segments that fill the table in several forms, and others that only declare. */
    private BinaryWriter elements() {
        BinaryWriter section = new BinaryWriter().unsigned(4);
        section.unsigned(0).opcode(Opcode.I32_CONST).signed(0).opcode(Opcode.END);
        indices(section, 3);
        section.unsigned(6)
                .unsigned(0)
                .opcode(Opcode.I32_CONST)
                .signed(3)
                .opcode(Opcode.END)
                .u8(0x70)
                .unsigned(2);
        section.opcode(Opcode.REF_FUNC).unsigned(anyFunction()).opcode(Opcode.END);
        section.opcode(Opcode.REF_NULL).u8(0x70).opcode(Opcode.END);
        section.unsigned(2)
                .unsigned(0)
                .opcode(Opcode.I32_CONST)
                .signed(5)
                .opcode(Opcode.END)
                .u8(0);
        indices(section, 2);
        section.unsigned(3).u8(0).unsigned(importTypes.size() + functionTypes.size());
        IntStream.range(0, importTypes.size() + functionTypes.size()).forEach(section::unsigned);
        return section;
    }

    private void indices(BinaryWriter section, int count) {
        section.unsigned(count);
        IntStream.range(0, count).forEach(item -> section.unsigned(anyFunction()));
    }

    private int anyFunction() {
        return random.nextInt(importTypes.size() + functionTypes.size());
    }

    private BinaryWriter data() {
        BinaryWriter section = new BinaryWriter().unsigned(2);
        section.unsigned(0)
                .opcode(Opcode.I32_CONST)
                .signed(16)
                .opcode(Opcode.END)
                .name("an active segment");
        return section.unsigned(1).name("a passive segment, longer than the other");
    }

    private BinaryWriter code() {
        List<FunctionType> callable = new ArrayList<>();
        importTypes.forEach(type -> callable.add(TYPES.get(type)));
        functionTypes.forEach(type -> callable.add(TYPES.get(type)));
        BinaryWriter section = new BinaryWriter().unsigned(functionTypes.size());
        for (int type : functionTypes) {
            section.sized(new RandomBody(random, callable, TYPES.get(type)).write());
        }
        return section;
    }
}
