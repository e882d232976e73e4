package org.storysign.plugins.sandbox;

import java.time.Duration;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;

/**
 * What one call used, exact also when it trapped.
 *
 * @param fuel cost units, host calls included; the limit itself after {@link Trap.OutOfFuel}
 * @param peakMemory the most that guest memory, kernel memory and vars came to together
 * @param runTime how long the guest ran, waits not counted
 * @param waitTime how long its host calls waited
 * @param hostCalls calls of host functions
 */
public record Usage(Fuel fuel, MemorySize peakMemory, Duration runTime, Duration waitTime, int hostCalls) {

    public static final Usage NONE = new Usage(Fuel.NONE, MemorySize.ZERO, Duration.ZERO, Duration.ZERO, 0);

    /** Run time and wait time together. */
    public Duration duration() {
        return runTime.plus(waitTime);
    }
}
