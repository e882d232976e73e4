package org.storysign.plugins.abi;

/** What functions of WASI preview 1 answer. Source: WASI snapshot preview 1, {@code errno}. */
final class Errno {

    static final int SUCCESS = 0;
    /** Not allowed. */
    static final int ACCES = 2;
    /** No such descriptor. */
    static final int BADF = 8;

    static final int DQUOT = 19;
    static final int EXIST = 20;
    /** The file is too large. */
    static final int FBIG = 22;
    /** No UTF-8. */
    static final int ILSEQ = 25;

    static final int INVAL = 28;
    static final int IO = 29;
    static final int ISDIR = 31;
    /** Too many open files. */
    static final int MFILE = 33;

    static final int NAMETOOLONG = 37;
    static final int NOENT = 44;
    /** Not offered here. */
    static final int NOSYS = 52;

    static final int NOTDIR = 54;
    static final int NOTEMPTY = 55;
    static final int NOTSUP = 58;
    /** The file system can only be read. */
    static final int ROFS = 69;

    static final int TIMEDOUT = 73;
    /** From one directory tree to another. */
    static final int XDEV = 75;
    /** Out of the directory, or with rights that were not given. */
    static final int NOTCAPABLE = 76;

    private Errno() {}
}
