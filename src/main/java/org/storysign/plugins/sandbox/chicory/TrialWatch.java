package org.storysign.plugins.sandbox.chicory;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a process from now on, every {@value #MILLIS} ms, and kills it when it has used up its processor time, or when nobody waits for it
 * any longer. Closing the watch ends that.
 */
final class TrialWatch implements AutoCloseable {

    private static final int MILLIS = 50;

    private final TrialChild child;
    private final Duration most;
    private final long deadline;
    private final Duration before;
    private final Future<?> looks;
    private volatile boolean isTooHeavy;

    /**
     * @param most processor time from now on
     * @param deadline by {@code System.nanoTime()}
     */
    TrialWatch(ScheduledExecutorService clock, TrialChild child, Duration most, long deadline) {
        this.child = child;
        this.most = most;
        this.deadline = deadline;
        this.before = child.processorTime();
        this.looks = clock.scheduleWithFixedDelay(this::look, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (isTooHeavy() || System.nanoTime() - deadline >= 0) {
            child.kill();
        }
    }

    /** Whether the processor time is used up, or was when the process was killed. */
    boolean isTooHeavy() {
        // A process that is gone tells of none: what was seen before stays.
        isTooHeavy |= child.processorTime().minus(before).compareTo(most) > 0;
        return isTooHeavy;
    }

    @Override
    public void close() {
        looks.cancel(false);
    }
}
