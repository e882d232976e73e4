package org.storysign.plugins.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.storysign.plugins.kit.WasmBytes;

/** Writes one function of a {@link CompilerLikeModule}: its frame, its statements, its results. */
final class FunctionWriter {

    private static final int VOID = -64;
    private static final int FRAME = 64;
    private static final int DEEPEST = 3;
    private static final int LONGEST = 700;

    private final Random random;
    private final List<Signature> functions;
    private final List<Integer> table;
    private final Signature signature;
    private final Locals locals;
    private final Code code = new Code();
    private final ExpressionWriter expressions;

    /** Of each open block, innermost last, whether code may leave it by a branch. */
    private final List<Boolean> leavable = new ArrayList<>();

    private int loops;

    FunctionWriter(Random random, List<Signature> functions, List<Integer> table, Signature signature) {
        this.random = random;
        this.functions = functions;
        this.table = table;
        this.signature = signature;
        this.locals = new Locals(signature);
        this.expressions = new ExpressionWriter(random, functions, locals, code);
    }

    WasmBytes locals() {
        return locals.declaration();
    }

    Code write() {
        leaveIfNothingIsLeft();
        addToGlobal(CompilerLikeModule.CALLS_LEFT, -1);
        addToGlobal(CompilerLikeModule.STACK_POINTER, -FRAME);
        code.op(0x23, CompilerLikeModule.STACK_POINTER).op(0x21, locals.framePointer());
        statements(0, 4 + random.nextInt(6));
        leaveFrame();
        signature.results().forEach(expressions::value);
        return code.end();
    }

    /** Ends recursion: by this function's depth, and by how many functions may still be entered at all. */
    private void leaveIfNothingIsLeft() {
        code.op(0x20, locals.depth()).i32(0).op(0x4C);
        code.op(0x23, CompilerLikeModule.CALLS_LEFT).i32(0).op(0x4C).op(0x72);
        code.open(0x04, VOID);
        signature.results().forEach(expressions::constant);
        code.op(0x0F).end();
    }

    private void leaveFrame() {
        code.op(0x20, locals.framePointer()).i32(FRAME).op(0x6A).op(0x24, CompilerLikeModule.STACK_POINTER);
    }

    private void addToGlobal(int global, int change) {
        code.op(0x23, global).i32(change).op(0x6A).op(0x24, global);
    }

    private void statements(int depth, int count) {
        for (int statement = 0; statement < count; statement++) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        boolean simple = depth >= DEEPEST || code.instructions() > LONGEST;
        switch (random.nextInt(simple ? 7 : 16)) {
            case 0, 1 -> assign();
            case 2, 3 -> store();
            case 4 -> setGlobal();
            case 5 -> leaveBlockIf();
            case 6 -> bulk();
            case 7, 8 -> branch(depth);
            case 9 -> countDown(depth);
            case 10 -> countWhile(depth);
            case 11 -> choose(depth);
            case 12 -> call();
            case 13 -> callThroughTable();
            case 14 -> fork();
            default -> rare(depth);
        }
    }

    private void assign() {
        Num type = anyType();
        expressions.value(type);
        code.op(0x21, locals.variable(type, random));
    }

    private void store() {
        Num type = anyType();
        expressions.address();
        expressions.value(type);
        code.op(type.stores().get(random.nextInt(type.stores().size())), 0, expressions.offset());
    }

    private void setGlobal() {
        int variable = random.nextInt(CompilerLikeModule.VARIABLES.size());
        expressions.value(CompilerLikeModule.VARIABLES.get(variable));
        code.op(0x24, CompilerLikeModule.FIRST_VARIABLE + variable);
    }

    private void branch(int depth) {
        expressions.value(Num.I32);
        code.open(0x04, VOID);
        inside(true, depth);
        if (random.nextBoolean()) {
            code.op(0x05);
            inside(true, depth);
        }
        code.end();
    }

    /** {@code c = …; do { … } while (--c)}. */
    private void countDown(int depth) {
        if (loops == Locals.LOOPS) {
            assign();
            return;
        }
        int counter = locals.counter(loops++);
        code.i32(1 + random.nextInt(5)).op(0x21, counter).open(0x03, VOID);
        inside(false, depth);
        code.op(0x20, counter).i32(1).op(0x6B).op(0x22, counter).op(0x0D, 0).end();
        loops--;
    }

    /** {@code c = …; while (c) { …; c--; }}. */
    private void countWhile(int depth) {
        if (loops == Locals.LOOPS) {
            assign();
            return;
        }
        int counter = locals.counter(loops++);
        expressions.value(Num.I32);
        code.i32(3).op(0x71).op(0x21, counter);
        code.open(0x02, VOID).open(0x03, VOID);
        code.op(0x20, counter).op(0x45).op(0x0D, 1);
        leavable.add(true);
        inside(false, depth);
        leavable.removeLast();
        code.op(0x20, counter)
                .i32(1)
                .op(0x6B)
                .op(0x21, counter)
                .op(0x0C, 0)
                .end()
                .end();
        loops--;
    }

    /** {@code switch} with a default, some cases falling through. */
    private void choose(int depth) {
        int cases = 2 + random.nextInt(4);
        for (int block = 0; block <= cases; block++) {
            code.open(0x02, VOID);
            leavable.add(true);
        }
        expressions.value(Num.I32);
        code.i32(7).op(0x71).op(0x0E, cases - 1L);
        for (int target = 0; target < cases; target++) {
            code.immediate(target);
        }
        for (int block = 0; block < cases; block++) {
            code.end();
            leavable.removeLast();
            statements(depth + 1, 1);
            if (random.nextInt(3) != 0) {
                code.op(0x0C, cases - block - 1L);
            }
        }
        code.end();
        leavable.removeLast();
    }

    private void inside(boolean canBeLeft, int depth) {
        leavable.add(canBeLeft);
        statements(depth + 1, 1 + random.nextInt(3));
        leavable.removeLast();
    }

    private void leaveBlockIf() {
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < leavable.size(); label++) {
            if (leavable.get(leavable.size() - 1 - label)) {
                labels.add(label);
            }
        }
        if (labels.isEmpty()) {
            assign();
            return;
        }
        expressions.value(Num.I32);
        code.op(0x0D, labels.get(random.nextInt(labels.size())));
    }

    private void call() {
        int callee = random.nextInt(functions.size());
        expressions.arguments(functions.get(callee));
        code.op(0x10, callee);
        take(functions.get(callee).results());
    }

    /** Mostly by the right type, as compilers do. */
    private void callThroughTable() {
        int entry = random.nextInt(table.size());
        Signature called = functions.get(table.get(entry));
        expressions.arguments(called);
        if (random.nextInt(12) == 0) {
            expressions.value(Num.I32);
            code.i32(CompilerLikeModule.TABLE_SIZE - 1).op(0x71);
        } else {
            code.i32(entry);
        }
        code.op(0x11, called.index(), 0);
        take(called.results());
    }

    private void fork() {
        code.open(0x02, Signature.FORK.index());
        Signature.FORK.results().forEach(expressions::value);
        code.end();
        take(Signature.FORK.results());
    }

    private void take(List<Num> values) {
        for (Num type : values.reversed()) {
            code.op(0x21, locals.variable(type, random));
        }
    }

    private void bulk() {
        switch (random.nextInt(4)) {
            case 0 -> {
                expressions.address();
                expressions.value(Num.I32);
                length(0x7F);
                code.op(0xFC0B, 0L);
            }
            case 1 -> {
                expressions.address();
                expressions.address();
                length(0xFF);
                code.op(0xFC0A, 0, 0);
            }
            case 2 -> {
                expressions.address();
                code.i32(random.nextInt(CompilerLikeModule.PASSIVE_LENGTH / 2));
                length(CompilerLikeModule.PASSIVE_LENGTH / 2 - 5);
                code.op(0xFC08, CompilerLikeModule.PASSIVE_DATA, 0);
            }
            default -> assign();
        }
    }

    private void length(int mask) {
        expressions.value(Num.I32);
        if (random.nextInt(40) != 0) {
            code.i32(mask).op(0x71);
        }
    }

    private void rare(int depth) {
        switch (random.nextInt(8)) {
            case 0 -> {
                code.i32(random.nextInt(3)).op(0x40, 0L);
                code.i32(-1).op(0x46).open(0x04, VOID);
                inside(true, depth);
                code.end();
            }
            case 1 -> {
                expressions.value(Num.I32);
                code.i32(15).op(0x71).op(0x45).open(0x04, VOID);
                leaveFrame();
                signature.results().forEach(expressions::value);
                code.op(0x0F).end();
            }
            case 2 -> {
                expressions.value(Num.I64);
                code.i64(0x1FF).op(0x83).op(0x50).open(0x04, VOID).op(0x00).end();
            }
            case 3 -> code.op(0x01);
            default -> call();
        }
    }

    private Num anyType() {
        return Num.values()[random.nextInt(Num.values().length)];
    }
}
