package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.limits.MemorySize;

/**
 * The memory that running calls and kept instances share. A call takes what it starts with and more as it grows; what it holds is
 * what exists on the heap for it. Who grows never waits here, so that no two calls can wait for each other; a call that starts
 * holds nothing yet and may wait a moment. The last part is for calls that hold little, so that a few large ones do not shut the
 * others out. Safe for concurrent use. Why a refusal and not -1: decisions/024.
 */
final class MemoryReserve {

    /** Up to here a call may take from the last part. */
    static final MemorySize LITTLE = MemorySize.ofMiB(4);

    private static final int LAST_PART = 8;

    private final MemorySize size;
    private final Duration patience;
    private long free;

    /** @param patience how long a call that starts waits for others to give memory back; 0 or more */
    MemoryReserve(MemorySize size, Duration patience) {
        this.size = size;
        this.patience = patience;
        this.free = size.bytes();
    }

    /** Takes {@code more} bytes for who holds {@code held} if they are free now. */
    synchronized boolean takeNow(long held, long more) {
        if (more > free - keptFrom(held + more)) {
            return false;
        }
        free -= more;
        return true;
    }

    /** Whether who holds nothing yet would get the bytes now, or they are so few that others may soon give them back. */
    synchronized boolean hasChance(long bytes) {
        return bytes <= free - keptFrom(bytes) || bytes <= LITTLE.bytes();
    }

    /** Takes the bytes for who holds nothing yet; waits for others to give back, but not for what they never could. */
    synchronized boolean takeSoon(long bytes) {
        if (bytes > size.bytes() - keptFrom(bytes)) {
            return false;
        }
        long end = System.nanoTime() + patience.toNanos();
        while (!takeNow(0, bytes)) {
            long left = end - System.nanoTime();
            if (left <= 0 || !waited(left)) {
                return false;
            }
        }
        return true;
    }

    synchronized void giveBack(long bytes) {
        free += bytes;
        notifyAll();
    }

    /** What a call can hold that is alone. */
    long most() {
        return (size.bytes() - keptFrom(size.bytes())) / MemoryShare.STEP * MemoryShare.STEP;
    }

    MemorySize size() {
        return size;
    }

    synchronized MemorySize free() {
        return new MemorySize(free);
    }

    private long keptFrom(long holding) {
        return holding > LITTLE.bytes() ? size.bytes() / LAST_PART : 0;
    }

    private boolean waited(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
