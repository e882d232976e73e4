package org.storysign.plugins.sandbox;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.storysign.plugins.wasm.ModuleShape;

/** A module that is ready to run, any number of times at once. */
public interface CompiledModule extends AutoCloseable {

    /** The module's shape as its author built it. */
    ModuleShape shape();

    /** What its calls use of the memory that all share. */
    MemoryHabit habit();

    /** Where instances wait that were made as new; empty when each call has one that was made for it. */
    default Optional<NewInstances> newInstances() {
        return Optional.empty();
    }

    /** Who runs it now. */
    ExecutionMode mode();

    /** Completes when {@link #mode} will not change any more; never exceptionally. */
    CompletionStage<ExecutionMode> settled();

    /**
     * Makes a running copy. Runs the start section if there is one, so it can trap. Throws {@link TrapException}. Attaches the
     * copy to {@code linkage.call()} before any of its code runs.
     *
     * @param linkage what the copy is joined to
     */
    ModuleInstance instantiate(Linkage linkage);

    /** Who makes its calls, when they are not made in this process: then no instance is ever made here. */
    default Optional<RemoteCalls> elsewhere() {
        return Optional.empty();
    }

    /** Gives back what it holds; running copies go on. */
    @Override
    void close();
}
