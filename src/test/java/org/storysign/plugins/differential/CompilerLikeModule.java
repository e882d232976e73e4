package org.storysign.plugins.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.storysign.plugins.kit.ModuleBuilder;
import org.storysign.plugins.kit.WasmBytes;

/**
 * A valid module from a seed, made like a compiler's output: functions with frames on a stack in memory, counted loops, switches,
 * pointer arithmetic, direct, recursive and indirect calls, bulk memory, growth, several results, all number types. It always
 * ends, sometimes by a trap. It exports {@code main (i32) -> (i64)}, and {@code hot (i32) -> (i64)}, which calls main so many
 * times.
 */
final class CompilerLikeModule {

    /** Globals: the stack pointer, how many more functions may be entered, and three variables. */
    static final int STACK_POINTER = 0;

    static final int CALLS_LEFT = 1;
    static final int FIRST_VARIABLE = 2;
    static final List<Num> VARIABLES = List.of(Num.I64, Num.F64, Num.F32);

    static final int TABLE_SIZE = 8;
    static final int PASSIVE_DATA = 1;
    static final int PASSIVE_LENGTH = 40;

    private static final int STACK_BASE = 65_536;
    private static final int CALLS = 30;

    private final Random random;
    private final List<Signature> functions = new ArrayList<>();
    private final List<Integer> table = new ArrayList<>();

    private CompilerLikeModule(long seed) {
        this.random = new Random(seed);
    }

    static byte[] of(long seed) {
        return new CompilerLikeModule(seed).build();
    }

    private byte[] build() {
        functions.add(Signature.MAIN);
        int count = 3 + random.nextInt(6);
        for (int function = 0; function < count; function++) {
            functions.add(Signature.OF_FUNCTIONS.get(1 + random.nextInt(Signature.OF_FUNCTIONS.size() - 1)));
        }
        for (int entry = 0; entry < TABLE_SIZE - 1; entry++) {
            table.add(random.nextInt(functions.size()));
        }
        ModuleBuilder module = new ModuleBuilder();
        for (Signature signature : Signature.values()) {
            module.type(codes(signature.params()), codes(signature.results()));
        }
        for (Signature signature : functions) {
            FunctionWriter writer = new FunctionWriter(random, functions, table, signature);
            Code code = writer.write();
            module.function(signature.index(), writer.locals(), code.bytes());
        }
        module.function(Signature.MAIN.index(), WasmBytes.of(1, 1, Num.I64.code()), hot().bytes());
        declare(module);
        return module.toBytes();
    }

    private static List<Integer> codes(List<Num> types) {
        return types.stream().map(Num::code).toList();
    }

    private void declare(ModuleBuilder module) {
        module.memory(2, 6);
        module.entry(4, WasmBytes.of(0x70, 0x01).u32(TABLE_SIZE).u32(TABLE_SIZE));
        global(module, Num.I32, new Code().i32(STACK_BASE));
        global(module, Num.I32, new Code().i32(CALLS));
        global(module, Num.I64, new Code().i64(random.nextLong()));
        global(module, Num.F64, new Code().f64(random.nextInt(1000) / 8.0));
        global(module, Num.F32, new Code().f32(random.nextInt(1000) / 4.0f));
        module.export("main", 0, 0).export("hot", 0, functions.size()).export("memory", 2, 0);
        module.entry(9, elements());
        module.section(12, new WasmBytes().u32(2));
        module.entry(
                11, WasmBytes.of(0).bytes(new Code().i32(1024).end().bytes()).sized(bytes(256)));
        module.entry(11, WasmBytes.of(1).sized(bytes(PASSIVE_LENGTH)));
    }

    private static void global(ModuleBuilder module, Num type, Code value) {
        module.entry(6, WasmBytes.of(type.code(), 1).bytes(value.end().bytes()));
    }

    /** The last entry of the table stays empty. */
    private WasmBytes elements() {
        WasmBytes segment =
                WasmBytes.of(0).bytes(new Code().i32(0).end().bytes()).u32(table.size());
        table.forEach(segment::u32);
        return segment;
    }

    private WasmBytes bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return new WasmBytes().bytes(bytes);
    }

    /** {@code do { calls = CALLS; sum = rotl(sum, 5) ^ main(n & 3); } while (--n > 0)}. */
    private static Code hot() {
        int count = 0;
        int sum = 1;
        Code code = new Code().open(0x03, -64);
        code.i32(CALLS).op(0x24, CALLS_LEFT);
        code.op(0x20, sum).i64(5).op(0x89);
        code.op(0x20, count).i32(3).op(0x71).op(0x10, 0).op(0x85).op(0x21, sum);
        code.op(0x20, count).i32(1).op(0x6B).op(0x22, count).i32(0).op(0x4A).op(0x0D, 0);
        return code.end().op(0x20, sum).end();
    }
}
