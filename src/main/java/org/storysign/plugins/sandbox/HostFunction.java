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
     * Whether a call of it is one of the host calls that {@code Limits.hostCalls} counts. False for what only reaches into the
     * call's own state, such as the kernel's memory: that is paid in fuel alone.
     */
    default boolean counted() {
        return true;
    }

    /** The name as imports are looked up by it. */
    default String qualifiedName() {
        return module() + "." + name();
    }

    /**
     * Runs on the guest's thread. Throws {@link TrapException} to stop the guest; any other exception is a fault of ours and
     * stops it with {@link Trap.EngineFault}.
     *
     * @param arguments as many as {@link #type} has parameters; 32-bit numbers in the low half, floats as their bits
     * @return as many values as it has results
     */
    long[] call(HostCall call, long[] arguments);
}
