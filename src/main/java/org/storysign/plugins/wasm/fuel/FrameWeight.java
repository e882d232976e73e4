package org.storysign.plugins.wasm.fuel;

import org.storysign.plugins.limits.MemorySize;

/**
 * How much of the call depth a function takes while it runs: 1, and 1 more for every {@link #SLOTS_PER_UNIT} slots of its frame.
 * Slots are its parameters, its locals and the most operands it ever has at once. Measured, not derived: see the decision
 * record 002.
 */
public final class FrameWeight {

    /** Slots that are worth one unit of depth. */
    public static final int SLOTS_PER_UNIT = 32;

    /** Bytes of Java stack that one unit takes at most, on either engine, whatever has been compiled so far. */
    public static final int BYTES_PER_DEPTH_UNIT = 3_072;

    /** Units below which a chain of functions that cannot call themselves again goes uncounted. */
    static final int UNCOUNTED_UNITS = 4;

    /** For what the units do not cover: the frame that is found to be too deep, and the host functions above the last frame. */
    private static final MemorySize RESERVE = MemorySize.ofMiB(1);

    private FrameWeight() {}

    /** Units of a frame with so many slots. */
    static long of(long slots) {
        return 1 + slots / SLOTS_PER_UNIT;
    }

    /** The stack a thread needs so that guests with this limit of depth cannot overflow it, host functions included. */
    public static MemorySize stackSize(int callDepth) {
        long units = (long) callDepth + UNCOUNTED_UNITS;
        return new MemorySize(units * BYTES_PER_DEPTH_UNIT + RESERVE.bytes());
    }
}
