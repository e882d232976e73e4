package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Two stop-watches of one call: how long its guest ran, and how long its host calls waited. Used by the guest's thread. */
final class CallClock {

    /** Some slices: most calls are over by then. */
    private static final long BRIEF = Duration.ofMillis(5).toNanos();

    private final LongSupplier nanoTime;
    private long ran;
    private long waited;
    private long since;
    private boolean running;
    private boolean waiting;

    CallClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void startRunning() {
        since = nanoTime.getAsLong();
        running = true;
    }

    void stopRunning() {
        ran += sinceStart(running);
        running = false;
    }

    void startWaiting() {
        since = nanoTime.getAsLong();
        waiting = true;
    }

    void stopWaiting() {
        waited += sinceStart(waiting);
        waiting = false;
    }

    Duration runTime() {
        return Duration.ofNanos(ran + sinceStart(running));
    }

    /** Whether the guest has hardly run yet; to be asked while it does not. */
    boolean isBrief() {
        return ran < BRIEF;
    }

    Duration waitTime() {
        return Duration.ofNanos(waited + sinceStart(waiting));
    }

    private long sinceStart(boolean on) {
        return on ? nanoTime.getAsLong() - since : 0;
    }
}
