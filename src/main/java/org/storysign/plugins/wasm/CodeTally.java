package org.storysign.plugins.wasm;

/** What the function bodies read so far add up to. */
final class CodeTally {

    private final long mostInstructions;
    private long instructions;
    private long locals;
    private long branchTargets;
    private long branchDepth;
    private long droppedOperands;

    /** Refuses more than {@code mostInstructions} in all functions together. */
    CodeTally(long mostInstructions) {
        this.mostInstructions = mostInstructions;
    }

    void addLocals(long more, String where) {
        locals += more;
        PreflightCap.LOCALS.require(locals, where);
    }

    void addInstructions(long more, String where) {
        instructions += more;
        if (instructions > mostInstructions) {
            throw new RejectedModuleException(
                    "cap-instructions",
                    where,
                    "found more than " + mostInstructions
                            + " instructions, half of the bytes that the security level allows; split the module");
        }
    }

    /** Counts a branch to so many targets, each leaving at most so many blocks and throwing away at most so many operands. */
    void addBranch(long targets, long depth, long dropped, String where) {
        branchTargets += targets - 1;
        branchDepth += targets * depth;
        droppedOperands += targets * dropped;
        if (PreflightCap.BRANCH_TARGETS.isExceededBy(branchTargets)) {
            throw PreflightCap.BRANCH_TARGETS.exceeded(branchTargets, where);
        }
        if (PreflightCap.BRANCH_DEPTH.isExceededBy(branchDepth)) {
            throw PreflightCap.BRANCH_DEPTH.exceeded(branchDepth, where);
        }
        if (PreflightCap.DROPPED_OPERANDS.isExceededBy(droppedOperands)) {
            throw PreflightCap.DROPPED_OPERANDS.exceeded(droppedOperands, where);
        }
    }
}
