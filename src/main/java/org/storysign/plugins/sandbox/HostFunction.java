package org.storysign.plugins.sandbox;

import org.storysign.plugins.wasm.FunctionType;

/**
 * Port: a Java function offered to guests. Made once, called by many guests at once: whatever belongs to one call comes from the
 * {@link HostCall}.
 */
public interface HostFunction {

    /** The module name a guest imports it from, such as {@code extism:host/user}. */
    String module();

    String name();

    FunctionType type();

    /**
     * Runs on the guest's thread. Throws {@link TrapException} to stop the guest; any other exception is a fault of ours and
     * stops it with {@link Trap.EngineFault}.
     */
    long[] call(HostCall call, long[] arguments);
}
