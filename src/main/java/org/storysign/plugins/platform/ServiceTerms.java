package org.storysign.plugins.platform;

import java.time.Duration;

/**
 * How much of one service plugins may use.
 *
 * @param longestWait of one call of a function, queueing included; more than zero
 * @param atOnce calls of all plugins that may wait for the service at the same time in this process; 1 or more
 * @param callsACall calls of its functions by one call of a guest; 0 or more
 * @param callsADay calls of its functions by one plugin of one tenant in a day of UTC, over all processes; 0 or more
 */
public record ServiceTerms(Duration longestWait, int atOnce, int callsACall, long callsADay) {

    public ServiceTerms {
        if (!longestWait.isPositive() || atOnce < 1 || callsACall < 0 || callsADay < 0) {
            throw new IllegalArgumentException("longest-wait is " + longestWait + ", at-once " + atOnce
                    + ", calls-a-call " + callsACall + ", calls-a-day " + callsADay
                    + ", expected more than no time, 1 or more at once, and 0 or more calls");
        }
    }

    public ServiceTerms withLongestWait(Duration other) {
        return new ServiceTerms(other, atOnce, callsACall, callsADay);
    }

    public ServiceTerms withAtOnce(int other) {
        return new ServiceTerms(longestWait, other, callsACall, callsADay);
    }

    public ServiceTerms withCallsACall(int other) {
        return new ServiceTerms(longestWait, atOnce, other, callsADay);
    }

    public ServiceTerms withCallsADay(long other) {
        return new ServiceTerms(longestWait, atOnce, callsACall, other);
    }
}
