package org.storysign.plugins.wasm;

/**
 * Bytes that are not the binary format: thrown by readers inside this room and turned into the problem
 * {@code module-malformed} at its border.
 */
public final class MalformedModuleException extends RuntimeException {

    private final int offset;

    public MalformedModuleException(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** Where, in bytes from the start of the module. */
    public int offset() {
        return offset;
    }
}
