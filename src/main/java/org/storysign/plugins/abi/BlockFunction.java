package org.storysign.plugins.abi;

import org.storysign.plugins.sandbox.HostCall;

/** Port: a function of the platform that takes bytes and gives bytes, as a rule JSON. See {@link UserFunctions}. */
@FunctionalInterface
public interface BlockFunction {

    /**
     * Runs on the guest's thread. May throw {@code TrapException} to stop the guest; any other exception is a fault of ours.
     *
     * @param input a copy of the guest's block, taken once; empty when its handle names none
     * @return the answer; empty for none (the guest then gets handle 0)
     */
    byte[] call(HostCall call, byte[] input);
}
