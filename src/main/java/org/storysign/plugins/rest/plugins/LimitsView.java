package org.storysign.plugins.rest.plugins;

import org.storysign.plugins.limits.Limits;

/** What one call may use, with the unit in each name. */
public record LimitsView(
        long fuel,
        long memoryBytes,
        long runTimeMs,
        long waitTimeMs,
        int callDepth,
        int hostCalls,
        long inputBytes,
        long outputBytes,
        long logBytes,
        int httpRequests,
        long httpBodyBytes) {

    static LimitsView of(Limits limits) {
        return new LimitsView(
                limits.fuel().units(),
                limits.memory().bytes(),
                limits.runTime().toMillis(),
                limits.waitTime().toMillis(),
                limits.callDepth(),
                limits.hostCalls(),
                limits.input().bytes(),
                limits.output().bytes(),
                limits.log().bytes(),
                limits.http().requests(),
                limits.http().body().bytes());
    }
}
