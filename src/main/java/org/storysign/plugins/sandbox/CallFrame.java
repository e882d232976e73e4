package org.storysign.plugins.sandbox;

import java.util.Optional;

/** What a {@link CallingConvention} keeps for one call: input, output, its own memory. Made before the instance. */
public interface CallFrame {

    /**
     * Ends the frame: gives back what dies with the call, and tells what outlives it when the instance is kept. Empty when no
     * other call may meet what the guest has left behind.
     */
    default Optional<KeptFrame> keep() {
        return Optional.empty();
    }
}
