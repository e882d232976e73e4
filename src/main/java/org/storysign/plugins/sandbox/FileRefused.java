package org.storysign.plugins.sandbox;

/** What was asked of a file cannot be. The guest is told, and goes on. */
public final class FileRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Fault {
        NOT_FOUND,
        EXISTS,
        NOT_DIRECTORY,
        IS_DIRECTORY,
        NOT_EMPTY,
        READ_ONLY,
        /** The file would be larger than any may be. */
        TOO_LARGE,
        /** The plugin keeps as much as it may. */
        QUOTA,
        INVALID,
        DENIED
    }

    private final Fault fault;

    public FileRefused(Fault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
