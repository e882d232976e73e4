package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance between two calls of its plugin. Whoever takes it out of {@link IdleInstances} is the only one who has it.
 *
 * @param module what it is an instance of
 * @param functions what it is linked to
 * @param mode who runs it: one that was made for the interpreter stays there
 * @param remains what outlives its calls beside its own memory
 * @param budget what its memory is counted against
 * @param born when it was made, by the sandbox's clock
 * @param calls that it has served
 */
record KeptInstance(
        CompiledModule module,
        List<HostFunction> functions,
        ExecutionMode mode,
        ModuleInstance instance,
        KeptFrame remains,
        MemoryBudget budget,
        long born,
        int calls) {

    /** Whether nothing is left on it of the calls it has served. */
    boolean isNew() {
        return remains == KeptFrame.NOTHING;
    }

    /** Whether it may serve the request now. */
    boolean suits(CallRequest request, InstancePool pool, long now) {
        return module == request.module()
                && mode == request.module().mode()
                && functions.equals(request.functions())
                && budget.limit().equals(request.limits().memory())
                && !isWornOut(pool, now);
    }

    /** Each is itself, whatever it consists of. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    private boolean isWornOut(InstancePool pool, long now) {
        return calls >= pool.mostCalls() || Duration.ofNanos(now - born).compareTo(pool.longestAge()) >= 0;
    }
}
