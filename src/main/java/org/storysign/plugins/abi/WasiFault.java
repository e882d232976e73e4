package org.storysign.plugins.abi;

/** What a function of WASI answers in place of success. It never leaves {@link WasiFiles}. */
final class WasiFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int errno;

    WasiFault(int errno) {
        super("errno " + errno, null, false, false);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
