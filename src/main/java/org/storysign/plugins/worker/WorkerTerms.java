package org.storysign.plugins.worker;

import java.time.Duration;

/**
 * How many workers there may be, and what is waited for.
 *
 * @param most workers at once; with 0 level isolated is not available: each takes about 100 MiB of the machine's memory beside the service's own
 * @param mostOfOne workers at once of one plugin of one tenant, 1 or more
 * @param patience how long a call waits for a worker before it is {@code overloaded}
 * @param longestStart how long a worker may take until its module can be called
 * @param grace what the way over the pipe and a busy machine may add to a call's run time; a worker that has not answered then is
 *     killed
 * @param confinement what a worker must have been able to shut itself in with
 */
public record WorkerTerms(
        int most,
        int mostOfOne,
        Duration patience,
        Duration longestStart,
        Duration grace,
        ConfinementDemand confinement) {

    /** Two workers a processor, half of them for one plugin. */
    public static WorkerTerms ofThisMachine() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new WorkerTerms(
                2 * processors,
                processors,
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                ConfinementDemand.BEST);
    }

    public WorkerTerms {
        if (most < 0 || mostOfOne < 1) {
            throw new IllegalArgumentException("there are 0 workers or more, and each plugin may have one");
        }
        if (patience.isNegative() || grace.isNegative() || longestStart.isNegative() || longestStart.isZero()) {
            throw new IllegalArgumentException("a duration is too short");
        }
    }

    public WorkerTerms withMost(int other) {
        return new WorkerTerms(other, mostOfOne, patience, longestStart, grace, confinement);
    }

    public WorkerTerms withMostOfOne(int other) {
        return new WorkerTerms(most, other, patience, longestStart, grace, confinement);
    }

    public WorkerTerms withPatience(Duration other) {
        return new WorkerTerms(most, mostOfOne, other, longestStart, grace, confinement);
    }

    public WorkerTerms withGrace(Duration other) {
        return new WorkerTerms(most, mostOfOne, patience, longestStart, other, confinement);
    }
}
