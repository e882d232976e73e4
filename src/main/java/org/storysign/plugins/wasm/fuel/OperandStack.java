package org.storysign.plugins.wasm.fuel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.InstructionCursor;
import org.storysign.plugins.wasm.Opcode;

/**
 * How many operands stand on the stack while the code of a valid function is walked over. In code that cannot be reached, where
 * validation lets operands come from nothing, it never counts below the enclosing block's floor. Source: core spec 3.3.
 */
final class OperandStack {

    private final SourceModule module;
    private final Deque<Block> blocks = new ArrayDeque<>();
    private long height;
    private long highest;

    /** A block that is open: operands below it, and how many it takes and gives. */
    private record Block(long floor, int params, int results) {}

    OperandStack(SourceModule module, FunctionType function) {
        this.module = module;
        blocks.push(new Block(0, 0, function.results().size()));
    }

    /** The most operands so far. */
    int highest() {
        return (int) highest;
    }

    /** Takes and puts what the instruction just read takes and puts. */
    void after(InstructionCursor code) {
        Opcode opcode = code.opcode();
        switch (opcode) {
            case BLOCK, LOOP -> open(code.first());
            case IF -> {
                pop(1);
                open(code.first());
            }
            case ELSE -> height = floor() + block().params();
            case END -> close();
            case BR, BR_TABLE, RETURN, UNREACHABLE -> height = floor();
            case BR_IF -> pop(1);
            case CALL -> call(module.typeOf((int) code.first()));
            case CALL_INDIRECT -> {
                pop(1);
                call(module.types().get((int) code.first()));
            }
            default -> {
                if (opcode.pops() == Opcode.VARIES) {
                    throw new IllegalStateException("a scanned module has the instruction " + opcode.mnemonic());
                }
                pop(opcode.pops());
                push(opcode.pushes());
            }
        }
    }

    private void open(long blockType) {
        int params =
                blockType < 0 ? 0 : module.types().get((int) blockType).params().size();
        pop(params);
        blocks.push(new Block(height, params, results(blockType)));
        push(params);
    }

    private int results(long blockType) {
        if (blockType >= 0) {
            return module.types().get((int) blockType).results().size();
        }
        return blockType == BlockType.EMPTY ? 0 : 1;
    }

    private void close() {
        Block closed = blocks.pop();
        height = closed.floor();
        push(closed.results());
    }

    private void call(FunctionType type) {
        pop(type.params().size());
        push(type.results().size());
    }

    private void pop(int operands) {
        height = Math.max(floor(), height - operands);
    }

    private void push(int operands) {
        height += operands;
        highest = Math.max(highest, height);
    }

    private long floor() {
        return blocks.isEmpty() ? 0 : block().floor();
    }

    private Block block() {
        return blocks.element();
    }
}
