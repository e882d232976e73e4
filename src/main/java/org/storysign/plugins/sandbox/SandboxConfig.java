package org.storysign.plugins.sandbox;

import java.time.Duration;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;

/**
 * How much a {@link Sandbox} takes on at once.
 *
 * @param processors guests that run at the same moment, 1 or more
 * @param callsPerPlugin submissions of one plugin that may be waiting or running, 1 or more; one more is {@code plugin-overloaded}
 * @param calls submissions of all plugins that may be waiting or running, 1 or more; one more is {@code overloaded}
 * @param memory what all running calls and kept instances may hold together
 * @param memoryPatience how long a call that starts waits for others to give memory back before it is {@code overloaded}; 0 or more
 * @param threadKeepAlive how long an idle guest thread is kept
 * @param deepestCall largest call depth of any call; sizes the threads' stacks
 */
public record SandboxConfig(
        int processors,
        int callsPerPlugin,
        int calls,
        MemorySize memory,
        Duration memoryPatience,
        Duration threadKeepAlive,
        int deepestCall) {

    /** Of the heap, the part that guests may reserve: while a guest's memory grows its old and new copy exist together. */
    private static final int HEAP_DIVISOR = 2;

    /** Calls of some milliseconds end within it; a refusal is to come within 50 ms. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    public SandboxConfig {
        if (processors < 1 || callsPerPlugin < 1 || calls < 1 || deepestCall < 1) {
            throw new IllegalArgumentException("a sandbox needs at least one processor, call and level of depth");
        }
        if (memoryPatience.isNegative() || threadKeepAlive.isNegative()) {
            throw new IllegalArgumentException("a duration is negative");
        }
    }

    /** What suits this machine: all its processors, half of this JVM's heap, and the deepest calls of any level. */
    public static SandboxConfig ofThisMachine() {
        Runtime runtime = Runtime.getRuntime();
        return new SandboxConfig(
                runtime.availableProcessors(),
                64,
                256,
                new MemorySize(runtime.maxMemory() / HEAP_DIVISOR),
                PATIENCE,
                Duration.ofSeconds(30),
                SecurityLevel.MINIMAL.limits().callDepth());
    }

    public SandboxConfig withProcessors(int other) {
        return new SandboxConfig(other, callsPerPlugin, calls, memory, memoryPatience, threadKeepAlive, deepestCall);
    }

    public SandboxConfig withCallsPerPlugin(int other) {
        return new SandboxConfig(processors, other, calls, memory, memoryPatience, threadKeepAlive, deepestCall);
    }

    public SandboxConfig withCalls(int other) {
        return new SandboxConfig(
                processors, callsPerPlugin, other, memory, memoryPatience, threadKeepAlive, deepestCall);
    }

    public SandboxConfig withMemory(MemorySize other) {
        return new SandboxConfig(
                processors, callsPerPlugin, calls, other, memoryPatience, threadKeepAlive, deepestCall);
    }

    public SandboxConfig withMemoryPatience(Duration other) {
        return new SandboxConfig(processors, callsPerPlugin, calls, memory, other, threadKeepAlive, deepestCall);
    }

    public SandboxConfig withDeepestCall(int other) {
        return new SandboxConfig(processors, callsPerPlugin, calls, memory, memoryPatience, threadKeepAlive, other);
    }
}
