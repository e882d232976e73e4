package org.storysign.plugins.platform.connect;

import java.time.Duration;

/**
 * When something must have ended.
 *
 * @param whole how much time there was at first
 * @param begun in nanoseconds, as {@link System#nanoTime} counts
 */
record Deadline(Duration whole, long begun) {

    static Deadline in(Duration whole) {
        return new Deadline(whole, System.nanoTime());
    }

    /** Never negative. */
    Duration left() {
        Duration left = whole.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
