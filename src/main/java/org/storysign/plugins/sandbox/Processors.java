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

    /** Lets those who wait go first; nothing when nobody does. */
    void handOver() {
        if (permits.hasQueuedThreads()) {
            permits.release();
            permits.acquireUninterruptibly();
        }
    }

    /** How many wait for a permit, about. */
    int waiting() {
        return permits.getQueueLength();
    }

    int free() {
        return permits.availablePermits();
    }
}
