package org.storysign.plugins.hook.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before an event is tried again: the pause doubles with each attempt up to the longest, and half of it is left to
 * chance, so that what failed together does not come back together.
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("the first pause is longer than nothing and at most the longest");
        }
    }

    /** The pause after this attempt, counted from 1. */
    Duration pause(int attempt, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(Math.max(attempt - 1, 0), MOST_DOUBLINGS);
        long whole = doubled < 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(whole - whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
