package org.storysign.plugins.wasm;

import java.util.Optional;

/**
 * How many operands and blocks are open at a place in a function. Types are not looked at: in code that is not valid the
 * number is a guess, never a fault. Source: core spec, validation algorithm (appendix).
 */
final class OperandStack {

    private static final int FRAMES = (int) PreflightCap.NESTING.most() + 2;

    private final int[] bases = new int[FRAMES];
    private final int[] params = new int[FRAMES];
    private final int[] results = new int[FRAMES];
    private final boolean[] canElse = new boolean[FRAMES];
    private int depth;
    private int height;

    /** Begins a function with these results: one open block, no operands. */
    void enterFunction(int functionResults) {
        depth = 0;
        height = 0;
        bases[0] = 0;
        params[0] = 0;
        results[0] = functionResults;
        canElse[0] = false;
    }

    /** Open blocks inside the function's own. */
    int depth() {
        return depth;
    }

    int height() {
        return height;
    }

    void apply(int pops, int pushes) {
        height = Math.max(height - pops, bases[depth]) + pushes;
    }

    /** Opens a block. At most {@link PreflightCap#NESTING} may be open, which the caller checks. */
    void open(Optional<FunctionType> type, int shorthandResults, boolean isIf) {
        int taken = type.map(known -> known.params().size()).orElse(0);
        int base = Math.max(height - taken, bases[depth]);
        depth++;
        bases[depth] = base;
        params[depth] = taken;
        results[depth] = type.map(known -> known.results().size()).orElse(shorthandResults);
        canElse[depth] = isIf;
        height = base + taken;
    }

    /** Goes over to the other arm; false when the open block is not an {@code if} or has one already. */
    boolean otherwise() {
        if (!canElse[depth]) {
            return false;
        }
        canElse[depth] = false;
        height = bases[depth] + params[depth];
        return true;
    }

    /** Closes a block; false when it was the function's own. */
    boolean close() {
        if (depth == 0) {
            return false;
        }
        height = bases[depth] + results[depth];
        depth--;
        return true;
    }

    /** What follows cannot be reached: the operands of the open block are gone. */
    void unreachable() {
        height = bases[depth];
    }

    /** The blocks a branch to this label leaves, at most all. */
    int leaves(long label) {
        return (int) Math.min(label, depth);
    }

    /** The operands above the base of the block that this label names. */
    int above(long label) {
        return height - bases[depth - leaves(label)];
    }
}
