package org.storysign.plugins.sandbox;

import java.util.List;

/** Port: how bytes cross between guest and host, and how a guest's export is called. Implemented by the room {@code abi}. */
public interface CallingConvention {

    /**
     * Throws {@code ProblemException} ({@code export-missing}, {@code export-mistyped}) when the module has no handler of the
     * request's name.
     */
    void requireHandler(CallRequest request);

    /**
     * The state of one call; counts what it keeps against {@code budget}. Throws {@link TrapException} when it does not fit
     * there.
     */
    CallFrame open(CallRequest request, MemoryBudget budget);

    /** Whether the request may be served by an instance that has served others, and that instance be kept. */
    default boolean mayBeKept(CallRequest request) {
        return false;
    }

    /** As {@link #open}, for the next call of an instance that was kept. */
    default CallFrame reopen(CallRequest request, KeptFrame remains) {
        throw new UnsupportedOperationException("no instance is kept");
    }

    /** The host functions that belong to the convention itself, such as {@code extism:host/env}. */
    List<HostFunction> functions();

    /**
     * Initialises the instance, if it is new, and calls the request's export. Returns the output, at most as long as the request's limit.
     * Throws {@link TrapException} when the guest is stopped or says that it failed.
     */
    byte[] run(CallRequest request, CallFrame frame, ModuleInstance instance);
}
