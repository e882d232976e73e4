package org.storysign.plugins.abi;

/** Carries a guest's own end ({@code proc_exit}) out of its frames. */
final class GuestExit extends RuntimeException {

    private final int code;

    GuestExit(int code) {
        super("proc_exit", null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
