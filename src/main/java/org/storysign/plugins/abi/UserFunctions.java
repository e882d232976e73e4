package org.storysign.plugins.abi;

import org.storysign.plugins.sandbox.HostFunction;

/**
 * Host functions of the platform, in the module {@code extism:host/user}: each takes the handle of a block and gives the handle of
 * another. The guest pays {@link FuelPrice#PLATFORM_CALL}, and a unit for every byte in and out; what the function waits for is
 * paid in wait time. Each call counts as a host call.
 */
public final class UserFunctions {

    /** The module name guests import them from. */
    public static final String MODULE = "extism:host/user";

    private UserFunctions() {}

    /**
     * Offers {@code function} to guests as {@code name}. Its input is read exactly once, so that a guest cannot change it between
     * a check and its use; the guest's block stays the guest's.
     */
    public static HostFunction of(String name, BlockFunction function) {
        return new UserFunction(name, function);
    }
}
