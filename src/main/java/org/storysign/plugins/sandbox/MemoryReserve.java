package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.ProblemCode;

/**
 * The memory that started calls may come to together. Every call reserves its whole limit before it starts, so that no guest's
 * growth can take the heap from the others; who waits here holds nothing. Safe for concurrent use.
 */
final class MemoryReserve {

    private final MemorySize size;
    private final Duration patience;
    private final Semaphore kibibytes;

    MemoryReserve(MemorySize size, Duration patience) {
        this.size = size;
        this.patience = patience;
        this.kibibytes = new Semaphore(units(size.bytes()), true);
    }

    /** Takes the memory, in the order of asking, or throws {@code ProblemException} {@code overloaded} after the patience. */
    void take(MemorySize memory) {
        if (memory.compareTo(size) > 0 || !taken(units(memory.bytes() + 1023))) {
            throw Admission.refusal(
                    ProblemCode.OVERLOADED,
                    "the call reserves " + memory + " of the " + size + " that all plugin calls share, "
                            + new MemorySize(1024L * kibibytes.availablePermits()) + " are free",
                    size.bytes());
        }
    }

    /** Takes the memory if it is free now; nobody who waits is passed over by what asks only so. */
    boolean takeNow(MemorySize memory) {
        return !kibibytes.hasQueuedThreads() && kibibytes.tryAcquire(units(memory.bytes() + 1023));
    }

    void giveBack(MemorySize memory) {
        kibibytes.release(units(memory.bytes() + 1023));
    }

    private boolean taken(int units) {
        try {
            return kibibytes.tryAcquire(units, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes >> 10);
    }

    MemorySize free() {
        return new MemorySize(1024L * kibibytes.availablePermits());
    }
}
