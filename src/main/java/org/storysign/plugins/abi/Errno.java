package org.storysign.plugins.abi;

/** What functions of WASI preview 1 answer. Source: WASI snapshot preview 1, {@code errno}. */
final class Errno {

    static final int SUCCESS = 0;
    /** No such descriptor. */
    static final int BADF = 8;

    static final int INVAL = 28;
    /** Not offered here. */
    static final int NOSYS = 52;

    static final int NOTSUP = 58;

    private Errno() {}
}
