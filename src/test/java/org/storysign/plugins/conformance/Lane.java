package org.storysign.plugins.conformance;

/** One way to run a module. */
enum Lane {
    PLAIN_INTERPRETED(false, false),
    PLAIN_COMPILED(false, true),
    METERED_INTERPRETED(true, false),
    METERED_COMPILED(true, true);

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
}
