package org.storysign.plugins.wasm.fuel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.Opcode;
import org.storysign.plugins.wasm.ValueType;

/** The code of one function of a {@link RandomModule}. */
final class RandomBody {

    private static final int DEEPEST = 5;
    private static final int LONGEST = 400;
    private static final int LOOPS = 6;

    private final Random random;
    private final List<FunctionType> functions;
    private final FunctionType type;
    private final List<ValueType> locals = new ArrayList<>();
    private final List<List<ValueType>> labels = new ArrayList<>();
    private final BinaryWriter code = new BinaryWriter();
    private int loops;
    private int written;

    RandomBody(Random random, List<FunctionType> functions, FunctionType type) {
        this.random = random;
        this.functions = functions;
        this.type = type;
        locals.addAll(type.params());
        for (ValueType declared : ValueType.values()) {
            if (declared == ValueType.I32 || declared == ValueType.I64 || declared == ValueType.F64) {
                locals.add(declared);
                locals.add(declared);
            }
        }
    }

    /** Locals: parameters, two of each number type, and a counter for each loop. */
    BinaryWriter write() {
        BinaryWriter body = new BinaryWriter().unsigned(4);
        body.unsigned(2)
                .u8(0x7F)
                .unsigned(2)
                .u8(0x7E)
                .unsigned(2)
                .u8(0x7C)
                .unsigned(LOOPS)
                .u8(0x7F);
        labels.add(type.results());
        leaveWhenCallsAreUsedUp();
        block(type.results(), 0);
        code.opcode(Opcode.END);
        return body.all(code);
    }

    private void leaveWhenCallsAreUsedUp() {
        op(Opcode.GLOBAL_GET, 0);
        i32(1);
        op(Opcode.I32_SUB);
        op(Opcode.GLOBAL_SET, 0);
        op(Opcode.GLOBAL_GET, 0);
        i32(0);
        op(Opcode.I32_LT_S);
        leaveIf();
    }

    /** Returns something simple when the i32 on the stack is not 0. */
    private void leaveIf() {
        op(Opcode.IF, BlockType.EMPTY);
        type.results().forEach(this::constant);
        op(Opcode.RETURN);
        op(Opcode.END);
    }

    private void block(List<ValueType> results, int depth) {
        for (int statements = random.nextInt(4); statements > 0; statements--) {
            statement(depth);
        }
        results.forEach(result -> value(result, depth));
    }

    private void statement(int depth) {
        boolean simple = depth >= DEEPEST || written > LONGEST;
        switch (random.nextInt(simple ? 6 : 24)) {
            case 0, 1 -> setLocal(depth);
            case 2 -> setGlobal(depth);
            case 3 -> store(depth);
            case 4 -> op(Opcode.NOP);
            case 5 -> branchIf(depth);
            case 6, 7, 16, 17, 18 -> ifStatement(depth);
            case 8 -> construct(Opcode.BLOCK, depth);
            case 9, 10, 19, 20 -> loop(depth);
            case 11, 21, 22 -> call(depth);
            case 12 -> bulk(depth);
            case 13 -> jump(depth);
            case 14 -> branchTable(depth);
            default -> indirectCall(depth);
        }
    }

    private void setLocal(int depth) {
        int local = random.nextInt(locals.size());
        value(locals.get(local), depth + 1);
        op(Opcode.LOCAL_SET, local);
    }

    private void setGlobal(int depth) {
        int global = 1 + random.nextInt(2);
        value(global == 1 ? ValueType.I32 : ValueType.I64, depth + 1);
        op(Opcode.GLOBAL_SET, global);
    }

    private void store(int depth) {
        address(depth);
        value(ValueType.I32, depth + 1);
        op(random.nextBoolean() ? Opcode.I32_STORE : Opcode.I32_STORE8);
        code.unsigned(0).unsigned(random.nextInt(64));
    }

    /** Nearly always inside the memory. */
    private void address(int depth) {
        value(ValueType.I32, depth + 1);
        i32(random.nextInt(40) == 0 ? -1 : 0xFFF);
        op(Opcode.I32_AND);
    }

    private void ifStatement(int depth) {
        value(ValueType.I32, depth + 1);
        op(Opcode.IF, BlockType.EMPTY);
        inside(List.of(), () -> block(List.of(), depth + 1));
        if (random.nextBoolean()) {
            op(Opcode.ELSE);
            inside(List.of(), () -> block(List.of(), depth + 1));
        }
        op(Opcode.END);
    }

    private void construct(Opcode opcode, int depth) {
        op(opcode, BlockType.EMPTY);
        inside(List.of(), () -> block(List.of(), depth + 1));
        op(Opcode.END);
    }

    /** A loop that leaves the function when its counter is used up, so that branches may lead to it from anywhere inside. */
    private void loop(int depth) {
        if (loops == LOOPS) {
            return;
        }
        int counter = locals.size() + loops++;
        i32(1 + random.nextInt(4));
        op(Opcode.LOCAL_SET, counter);
        boolean carries = random.nextBoolean();
        if (carries) {
            value(ValueType.I32, depth + 1);
        }
        op(Opcode.LOOP, carries ? 0 : BlockType.EMPTY);
        List<ValueType> carried = carries ? List.of(ValueType.I32) : List.of();
        inside(carried, () -> loopBody(counter, carried, depth));
        op(Opcode.END);
        carried.forEach(value -> op(Opcode.DROP));
    }

    private void loopBody(int counter, List<ValueType> carried, int depth) {
        carried.forEach(value -> op(Opcode.DROP));
        op(Opcode.LOCAL_GET, counter);
        i32(1);
        op(Opcode.I32_SUB);
        op(Opcode.LOCAL_TEE, counter);
        i32(0);
        op(Opcode.I32_LT_S);
        leaveIf();
        block(carried, depth + 1);
        if (random.nextBoolean()) {
            op(Opcode.LOCAL_GET, counter);
            i32(0);
            op(Opcode.I32_GT_S);
            op(Opcode.BR_IF, 0);
        }
    }

    private void inside(List<ValueType> label, Runnable body) {
        labels.addFirst(label);
        body.run();
        labels.removeFirst();
    }

    private void branchIf(int depth) {
        int label = random.nextInt(labels.size());
        labels.get(label).forEach(value -> value(value, depth + 1));
        value(ValueType.I32, depth + 1);
        op(Opcode.BR_IF, label);
        labels.get(label).forEach(value -> op(Opcode.DROP));
    }

    /** Leaves for good; what follows in the block cannot be reached. */
    private void jump(int depth) {
        switch (random.nextInt(8)) {
            case 0 -> op(Opcode.UNREACHABLE);
            case 1, 2, 3 -> {
                type.results().forEach(result -> value(result, depth + 1));
                op(Opcode.RETURN);
            }
            default -> {
                int label = random.nextInt(labels.size());
                labels.get(label).forEach(value -> value(value, depth + 1));
                op(Opcode.BR, label);
            }
        }
    }

    private void branchTable(int depth) {
        int last = random.nextInt(labels.size());
        List<Integer> targets = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            if (labels.get(label).equals(labels.get(last))) {
                targets.add(label);
            }
        }
        labels.get(last).forEach(value -> value(value, depth + 1));
        value(ValueType.I32, depth + 1);
        i32(7);
        op(Opcode.I32_AND);
        op(Opcode.BR_TABLE);
        code.unsigned(targets.size());
        targets.forEach(code::unsigned);
        code.unsigned(last);
    }

    private void call(int depth) {
        int callee = random.nextInt(functions.size());
        functions.get(callee).params().forEach(param -> value(param, depth + 1));
        op(Opcode.CALL, callee);
        functions.get(callee).results().forEach(result -> op(Opcode.DROP));
    }

    private void indirectCall(int depth) {
        int called = random.nextInt(RandomModule.TYPES.size());
        FunctionType callee = RandomModule.TYPES.get(called);
        callee.params().forEach(param -> value(param, depth + 1));
        value(ValueType.I32, depth + 1);
        i32(RandomModule.TABLE_SIZE - 1);
        op(Opcode.I32_AND);
        op(Opcode.CALL_INDIRECT);
        code.unsigned(called).unsigned(0);
        callee.results().forEach(result -> op(Opcode.DROP));
    }

    private void bulk(int depth) {
        switch (random.nextInt(6)) {
            case 0 -> {
                i32(random.nextInt(4));
                op(Opcode.MEMORY_GROW, 0);
                op(Opcode.DROP);
            }
            case 1 -> {
                i32(random.nextInt(4096));
                i32(random.nextInt(20));
                i32(random.nextInt(22));
                op(Opcode.MEMORY_INIT);
                code.unsigned(1).u8(0);
            }
            case 2 -> op(Opcode.DATA_DROP, random.nextInt(2));
            case 3 -> {
                range(depth);
                op(Opcode.MEMORY_COPY);
                code.u8(0).u8(0);
            }
            default -> {
                range(depth);
                op(Opcode.MEMORY_FILL, 0);
            }
        }
    }

    private void range(int depth) {
        address(depth);
        value(ValueType.I32, depth + 1);
        i32(random.nextInt(5000));
    }

    private void value(ValueType wanted, int depth) {
        boolean simple = depth >= DEEPEST || written > LONGEST;
        switch (random.nextInt(simple ? 4 : 9)) {
            case 0, 1 -> constant(wanted);
            case 2, 3 -> op(Opcode.LOCAL_GET, localOf(wanted));
            case 4 -> {
                value(wanted, depth + 1);
                op(Opcode.LOCAL_TEE, localOf(wanted));
            }
            case 5 -> valueOfBlock(wanted, depth);
            case 6 -> valueOfIf(wanted, depth);
            default -> compute(wanted, depth);
        }
    }

    private void valueOfBlock(ValueType wanted, int depth) {
        op(Opcode.BLOCK, BlockType.ofResult(wanted.code()));
        inside(List.of(wanted), () -> block(List.of(wanted), depth + 1));
        op(Opcode.END);
    }

    private void valueOfIf(ValueType wanted, int depth) {
        value(ValueType.I32, depth + 1);
        op(Opcode.IF, BlockType.ofResult(wanted.code()));
        inside(List.of(wanted), () -> block(List.of(wanted), depth + 1));
        op(Opcode.ELSE);
        inside(List.of(wanted), () -> block(List.of(wanted), depth + 1));
        op(Opcode.END);
    }

    private void compute(ValueType wanted, int depth) {
        switch (wanted) {
            case I32 -> computeI32(depth);
            case I64 -> {
                value(ValueType.I64, depth + 1);
                value(ValueType.I64, depth + 1);
                op(pick(Opcode.I64_ADD, Opcode.I64_MUL, Opcode.I64_XOR, Opcode.I64_SHR_U, Opcode.I64_DIV_S));
            }
            case F64 -> {
                value(ValueType.I32, depth + 1);
                op(Opcode.F64_CONVERT_I32_S);
            }
            default -> throw new IllegalArgumentException(wanted.name());
        }
    }

    private void computeI32(int depth) {
        switch (random.nextInt(6)) {
            case 0 -> {
                address(depth);
                op(Opcode.I32_LOAD);
                code.unsigned(0).unsigned(random.nextInt(64));
            }
            case 1 -> {
                value(ValueType.I64, depth + 1);
                op(Opcode.I32_WRAP_I64);
            }
            case 2 -> op(Opcode.MEMORY_SIZE, 0);
            case 3 -> {
                op(Opcode.REF_FUNC, random.nextInt(functions.size()));
                op(Opcode.REF_IS_NULL);
            }
            default -> {
                value(ValueType.I32, depth + 1);
                value(ValueType.I32, depth + 1);
                op(pick(Opcode.I32_ADD, Opcode.I32_SUB, Opcode.I32_LT_U, Opcode.I32_ROTL, Opcode.I32_REM_S));
            }
        }
    }

    private Opcode pick(Opcode... opcodes) {
        return opcodes[random.nextInt(opcodes.length)];
    }

    private int localOf(ValueType wanted) {
        int local = random.nextInt(locals.size());
        while (locals.get(local) != wanted) {
            local = random.nextInt(locals.size());
        }
        return local;
    }

    private void constant(ValueType wanted) {
        switch (wanted) {
            case I32 -> i32(random.nextBoolean() ? random.nextInt(8) : random.nextInt());
            case I64 -> {
                op(Opcode.I64_CONST);
                code.signed(random.nextLong());
            }
            case F64 -> {
                op(Opcode.F64_CONST);
                code.copy(new byte[8], 0, 8);
            }
            default -> throw new IllegalArgumentException(wanted.name());
        }
    }

    private void i32(int constant) {
        op(Opcode.I32_CONST);
        code.signed(constant);
    }

    private void op(Opcode opcode) {
        code.opcode(opcode);
        written++;
    }

    private void op(Opcode opcode, long immediate) {
        op(opcode);
        if (opcode.immediate() == Opcode.Immediate.BLOCK_TYPE) {
            code.signed(immediate);
        } else {
            code.unsigned(immediate);
        }
    }
}
