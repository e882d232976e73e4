package org.storysign.plugins.limits;

import java.time.Duration;

/**
 * What one call may use. Every field is a ceiling; a call that reaches past one ends in the trap of that name.
 *
 * @param fuel cost units of the guest's own steps and of its host calls
 * @param memory guest memory, kernel memory and vars together
 * @param runTime how long the guest may run, host waits not counted
 * @param waitTime how long its host calls may wait, all together
 * @param callDepth nested guest calls, weighted by frame size ({@code wasm.fuel.CostTable})
 * @param hostCalls calls of host functions
 * @param input bytes given to the export
 * @param output bytes taken from it
 * @param log bytes of log kept, the rest is cut with a marker
 * @param http requests to other servers
 */
public record Limits(
        Fuel fuel,
        MemorySize memory,
        Duration runTime,
        Duration waitTime,
        int callDepth,
        int hostCalls,
        MemorySize input,
        MemorySize output,
        MemorySize log,
        HttpLimits http) {

    public Limits {
        if (runTime.isNegative() || waitTime.isNegative() || callDepth < 0 || hostCalls < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    /** These limits, each lowered to the ceiling's where it is above. */
    public Limits atMost(Limits ceiling) {
        return new Limits(
                least(fuel, ceiling.fuel),
                least(memory, ceiling.memory),
                least(runTime, ceiling.runTime),
                least(waitTime, ceiling.waitTime),
                Math.min(callDepth, ceiling.callDepth),
                Math.min(hostCalls, ceiling.hostCalls),
                least(input, ceiling.input),
                least(output, ceiling.output),
                least(log, ceiling.log),
                http.atMost(ceiling.http));
    }

    public Limits withFuel(Fuel other) {
        return new Limits(other, memory, runTime, waitTime, callDepth, hostCalls, input, output, log, http);
    }

    public Limits withMemory(MemorySize other) {
        return new Limits(fuel, other, runTime, waitTime, callDepth, hostCalls, input, output, log, http);
    }

    public Limits withRunTime(Duration other) {
        return new Limits(fuel, memory, other, waitTime, callDepth, hostCalls, input, output, log, http);
    }

    public Limits withWaitTime(Duration other) {
        return new Limits(fuel, memory, runTime, other, callDepth, hostCalls, input, output, log, http);
    }

    public Limits withCallDepth(int other) {
        return new Limits(fuel, memory, runTime, waitTime, other, hostCalls, input, output, log, http);
    }

    public Limits withHostCalls(int other) {
        return new Limits(fuel, memory, runTime, waitTime, callDepth, other, input, output, log, http);
    }

    public Limits withInput(MemorySize other) {
        return new Limits(fuel, memory, runTime, waitTime, callDepth, hostCalls, other, output, log, http);
    }

    public Limits withOutput(MemorySize other) {
        return new Limits(fuel, memory, runTime, waitTime, callDepth, hostCalls, input, other, log, http);
    }

    public Limits withLog(MemorySize other) {
        return new Limits(fuel, memory, runTime, waitTime, callDepth, hostCalls, input, output, other, http);
    }

    public Limits withHttp(HttpLimits other) {
        return new Limits(fuel, memory, runTime, waitTime, callDepth, hostCalls, input, output, log, other);
    }

    private static <T extends Comparable<? super T>> T least(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
