package org.storysign.plugins.abi;

import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * Carries a guest's own end ({@code proc_exit}) out of its frames. Where nobody asks for its code, as in a start section, it is
 * the trap of a plugin that said it failed: it left before it was called.
 */
final class GuestExit extends TrapException {

    private final int code;

    GuestExit(int code) {
        super(new Trap.PluginError(code, ""));
        this.code = code;
    }

    /** Takes no stack: to exit is the usual end of a command, and must not cost what a trap does. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    int code() {
        return code;
    }
}
