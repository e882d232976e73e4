package org.storysign.plugins.platform.connect;

import java.time.Duration;

/**
 * When a service that fails is left alone, and for how long.
 *
 * @param requests how many of the last are looked at, 1 or more
 * @param failures of them that open the circuit, from 0 to 1
 * @param open how long nobody asks then; after that one request decides
 * @param pause before the first repetition; before the second about twice that
 */
public record CircuitTerms(int requests, double failures, Duration open, Duration pause) {

    /** Half of the last twenty; five seconds. */
    public static final CircuitTerms USUAL = new CircuitTerms(20, 0.5, Duration.ofSeconds(5), Duration.ofMillis(50));

    /** How often one question is repeated. */
    static final int REPETITIONS = 2;

    /** The longest pause there can be, jitter included: with less time left nothing is repeated. */
    Duration longestPause() {
        return pause.multipliedBy(3);
    }
}
