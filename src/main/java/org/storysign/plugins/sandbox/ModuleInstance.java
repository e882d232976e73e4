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

    /** The guest's memory; of size 0 when the module has none. */
    GuestMemory memory();
}
