package org.storysign.plugins.storage.embedded;

/** The embedded server cannot be started. The message is for the person who typed the command: what happened and what to do. */
public final class EmbeddedDatabaseException extends RuntimeException {

    /** Ends every message: the way out that always works. */
    static final String WAY_OUT =
            " Or use a PostgreSQL server of your own: --database-url postgresql://host:port/database"
                    + " (see the README for its two roles).";

    public EmbeddedDatabaseException(String message) {
        super(message + WAY_OUT);
    }

    public EmbeddedDatabaseException(String message, Throwable cause) {
        super(message + WAY_OUT, cause);
    }
}
