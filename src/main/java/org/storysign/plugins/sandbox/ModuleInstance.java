package org.storysign.plugins.sandbox;

/** One running copy of a module. Used by one thread at a time. */
public interface ModuleInstance {

    /**
     * Calls an exported function.
     *
     * @param arguments as many as its type has parameters; floats as their bits
     * @return as many values as its type has results
     * @throws TrapException when the guest is stopped
     * @throws IllegalArgumentException when there is no such export or the arguments do not fit
     */
    long[] invoke(String export, long... arguments);

    /** Lets the copy serve another call: its counters begin anew and are attached to that call. */
    void serve(GuestCall next);

    /**
     * Makes the copy as it was before it ran anything: memory, globals, tables, segments. Gives back to the budget all that was taken
     * from it. Only of a copy that was not stopped. False when that cannot be done exactly: it must be thrown away.
     */
    default boolean rewind() {
        return false;
    }

    /** Lets a copy that was rewound serve a call, as a new one would. Throws as {@link CompiledModule#instantiate}. */
    default void begin(GuestCall next) {
        throw new UnsupportedOperationException("the copy was never made as new");
    }

    /** The guest's memory; of size 0 when the module has none. */
    GuestMemory memory();
}
