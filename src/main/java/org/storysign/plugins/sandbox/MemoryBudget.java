package org.storysign.plugins.sandbox;

import org.storysign.plugins.limits.MemorySize;

/**
 * One budget for guest memory, kernel memory and vars of one call, or of one call after the other on an instance that is kept.
 * Remembers its peak, and whether something was ever refused. Used by one thread at a time.
 */
public final class MemoryBudget {

    private final MemorySize limit;
    private long used;
    private long peak;
    private boolean refused;

    public MemoryBudget(MemorySize limit) {
        this.limit = limit;
    }

    /** Takes the bytes if they are left; false, and remembered, when not. */
    public boolean take(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("takes " + bytes + " bytes");
        }
        if (bytes > limit.bytes() - used) {
            refused = true;
            return false;
        }
        used += bytes;
        peak = Math.max(peak, used);
        return true;
    }

    /** Takes the bytes or stops the guest with {@link Trap.MemoryExhausted}. */
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

    public MemorySize peak() {
        return new MemorySize(peak);
    }

    /** Whether something was ever refused: a trap that follows is then reported as {@link Trap.MemoryExhausted}. */
    public boolean wasRefused() {
        return refused;
    }
}
