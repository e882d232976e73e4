package org.storysign.plugins.sandbox;

import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.ProblemException;

/**
 * One budget for guest memory, kernel memory and vars of one call, or of one call after the other on an instance that is kept.
 * Remembers its peak, and whether something was ever refused. Whatever is taken is also held of the memory that all calls share;
 * where that is used up the call is over with {@code ProblemException} {@code overloaded}, so that a guest is never told anything
 * that depends on its neighbours. Used by one thread at a time.
 */
public final class MemoryBudget {

    private final MemorySize limit;
    private final MemoryShare share;
    private long used;
    private long beside;
    private long peak;
    private boolean refused;

    /** Of a call that shares memory with nobody. */
    public MemoryBudget(MemorySize limit) {
        this(limit, MemoryShare.ofItsOwn());
    }

    MemoryBudget(MemorySize limit, MemoryShare share) {
        this.limit = limit;
        this.share = share;
    }

    /** Takes the bytes if they are left; false, and remembered, when not. Throws {@link ProblemException}. */
    public boolean take(long bytes) {
        return take(bytes, 0);
    }

    /** As {@link #take(long)}; so many of the bytes are on the heap already, beside what was taken until now. */
    public boolean take(long bytes, long there) {
        if (bytes < 0) {
            throw new IllegalArgumentException("takes " + bytes + " bytes");
        }
        if (bytes > limit.bytes() - used) {
            refused = true;
            return false;
        }
        share.hold(used + bytes + beside - there);
        used += bytes;
        beside -= there;
        peak = Math.max(peak, used);
        return true;
    }

    /** Takes the bytes or stops the guest with {@link Trap.MemoryExhausted}. Throws {@link ProblemException}. */
    public void require(long bytes) {
        if (!take(bytes)) {
            throw new TrapException(new Trap.MemoryExhausted(limit));
        }
    }

    public void giveBack(long bytes) {
        if (bytes < 0 || bytes > used) {
            throw new IllegalArgumentException("gives back " + bytes + " of " + used + " bytes");
        }
        used -= bytes;
    }

    /**
     * Says how many bytes exist on the heap for the guest beside what it has taken, and count against no limit of its own: the
     * spare part of a growing array, or its old copy. Throws {@link ProblemException}.
     */
    public void holdBeside(long bytes) {
        share.hold(used + bytes);
        beside = bytes;
    }

    /** The heap was full although memory was left: the call is over as when none is left. */
    public ProblemException heapIsFull(long bytes) {
        return share.refusal(bytes);
    }

    public MemorySize limit() {
        return limit;
    }

    /** What is taken now. */
    MemorySize used() {
        return new MemorySize(used);
    }

    /** Another call begins on what is taken: its peak starts here, and it was refused nothing yet. */
    void startAnew() {
        peak = used;
        refused = false;
    }

    /** Nothing is taken any more, and so many bytes exist on the heap all the same. */
    public void startOver(long bytes) {
        used = 0;
        beside = bytes;
        startAnew();
    }

    /** Holds what a call starts with, on top of nothing taken; false when it is not there now. */
    boolean startAgain(long bytes) {
        return share.startAgain(Math.min(bytes, limit.bytes()));
    }

    /** A call is over, and what is still taken waits for the next one. */
    void rest() {
        share.rest(used + beside);
    }

    /** Nobody will use it any more: others may have the memory. */
    void release() {
        share.release();
    }

    public MemorySize peak() {
        return new MemorySize(peak);
    }

    /** Whether something was ever refused: a trap that follows is then reported as {@link Trap.MemoryExhausted}. */
    public boolean wasRefused() {
        return refused;
    }
}
