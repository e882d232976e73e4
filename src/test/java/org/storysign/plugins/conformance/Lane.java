package org.storysign.plugins.conformance;

/** One way to run a module. */
enum Lane {
    PLAIN_INTERPRETED(false, false),
    PLAIN_COMPILED(false, true),
    METERED_INTERPRETED(true, false),
    METERED_COMPILED(true, true);

    /** What the meter's depth needs on the interpreter. */
    private static final long STACK_OF_METERED = 16L << 20;

    /** Guests without a meter go on until it is full, which takes the longer the larger it is. */
    private static final long STACK_OF_PLAIN = 1L << 20;

    private final boolean metered;
    private final boolean compiled;

    Lane(boolean metered, boolean compiled) {
        this.metered = metered;
        this.compiled = compiled;
    }

    /** Through our own steps to a metered module, not as its author built it. */
    boolean metered() {
        return metered;
    }

    /** As machine code, not by the interpreter. */
    boolean compiled() {
        return compiled;
    }

    /** In bytes. */
    long stack() {
        return metered ? STACK_OF_METERED : STACK_OF_PLAIN;
    }
}
