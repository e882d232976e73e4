package org.storysign.plugins.sandbox;

import java.util.concurrent.Semaphore;

/** The right to run guest code: as many permits as processors, given out in the order of asking. Safe for concurrent use. */
final class Processors {

    private final Semaphore permits;

    Processors(int count) {
        permits = new Semaphore(count, true);
    }

    /** Waits for a permit. */
    void enter() {
        permits.acquireUninterruptibly();
    }

    void leave() {
        permits.release();
    }

    /** Whether somebody waits for a permit. */
    boolean areAwaited() {
        return permits.hasQueuedThreads();
    }

    /** Lets those who wait go first. */
    void handOver() {
        permits.release();
        permits.acquireUninterruptibly();
    }

    int free() {
        return permits.availablePermits();
    }
}
