package org.storysign.plugins.wasm;

import java.util.Locale;

/**
 * How much of something one module may have, whatever its security level: the only table of the pre-flight reader's fixed
 * figures. Each keeps the engine's parser, validator and compiler within about a second, and leaves real modules room; beside
 * each stands the most that was seen in a 3.8 MB and an 11.7 MB Go module and in QuickJS. What depends on the level (size,
 * functions, instructions) comes from {@code CodeLimits}.
 */
public enum PreflightCap {
    /** Seen: 110. The compiler makes code for each. */
    TYPES(5_000, "function types", "let one type stand for all functions that look alike, as linkers do"),
    /** Half a million take the compiler over half a second. */
    TYPE_VALUES(50_000, "parameters and results of all types", "pass a pointer to a structure instead"),
    /** A JVM method takes at most 255 slots, an i64 two; the engine's compiler breaks from 126 of them. */
    PARAMETERS(120, "parameters of one type", "pass a pointer to a structure instead"),
    /** At 200 the compiler fails. */
    RESULTS(100, "results of one type", "return a pointer to a structure instead"),
    /** Seen: 24. The compiler's time grows with the square. */
    IMPORTS(500, "imports", "import only what is called"),
    /**
     * Every type counts the functions that have its shape, so types that are all different count each function once; seen:
     * 6,563. The compiler's work for call_indirect: at 1,000,000 it takes over 5 s.
     */
    SAME_TYPE_PAIRS(
            100_000, "pairs of a type and a function of its shape", "declare each shape of function type only once"),
    /** Seen: 8. */
    GLOBALS(10_000, "globals", "keep variables in memory"),
    /** Seen: 450. */
    EXPORTS(10_000, "exports", "export only what the manifest names"),
    /** In bytes. */
    NAME_LENGTH(1_024, "bytes of a name", "give it a shorter name"),
    /** Seen: 4. */
    CUSTOM_SECTIONS(1_000, "custom sections", "strip the module"),
    /** Seen: 1. */
    ELEMENT_SEGMENTS(10_000, "element segments", "put neighbouring entries into one segment"),
    /** Seen: 13,000. A million take the parser over a second. */
    ELEMENTS(131_072, "entries of element segments", "put fewer functions into the table"),
    /** Seen: 100,000, where Go's linker stops splitting them. */
    DATA_SEGMENTS(100_000, "data segments", "put neighbouring data into one segment"),
    /** Compilers write one or two. */
    CONSTANT_INSTRUCTIONS(100, "instructions in a constant expression", "compute it in the start function"),
    /** Seen: 50. */
    LOCALS_OF_FUNCTION(5_000, "locals of one function", "split the function, or build with optimisation"),
    /** Seen: 28,918. */
    LOCALS(1_000_000, "locals of all functions", "split the module, or build with optimisation"),
    /** Seen: 22,772. A million take the parser over 15 s. */
    INSTRUCTIONS_OF_FUNCTION(100_000, "instructions in one function", "split the function"),
    /** Seen: 549. */
    NESTING(1_000, "blocks inside one another", "split the function"),
    /** The compiler's time grows with operands times branches. */
    OPERANDS(1_000, "operands on the stack at once", "keep intermediate values in locals"),
    /** Seen: 1,144. */
    BRANCH_TARGETS_OF_FUNCTION(20_000, "br_table targets in one function", "split the switch"),
    /** Seen: 219,272 in 11.7 MB, 82,310 in 3.8 MB. */
    BRANCH_TARGETS(250_000, "br_table targets in all functions", "split the module"),
    /** The sum of the depths of all branches: the validator's work. Seen: 22 million in 11.7 MB. */
    BRANCH_DEPTH(50_000_000, "levels that branches leave, all together", "split functions with deep switches"),
    /** The sum of the operands that branches throw away: the compiler's work. */
    DROPPED_OPERANDS(1_000_000, "operands that branches drop, all together", "keep intermediate values in locals");

    private final long most;
    private final String what;
    private final String advice;

    PreflightCap(long most, String what, String advice) {
        this.most = most;
        this.what = what;
        this.advice = advice;
    }

    /** The rule's public name, such as {@code cap-locals-of-function}. */
    public String rule() {
        return "cap-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The largest number that is accepted. */
    public long most() {
        return most;
    }

    /** What is counted, in the plural. */
    public String what() {
        return what;
    }

    boolean isExceededBy(long found) {
        return found > most;
    }

    RejectedModuleException exceeded(long found, String where) {
        return new RejectedModuleException(
                rule(), where, "found " + found + " " + what + ", at most " + most + " are accepted; " + advice);
    }

    /** Returns the number when it is accepted. */
    long require(long found, String where) {
        if (isExceededBy(found)) {
            throw exceeded(found, where);
        }
        return found;
    }
}
