package org.storysign.plugins.storage;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Tells a database that does not answer, which may be tried again, from one that refuses what we ask, which is our bug. */
final class DatabaseFaults {

    /** SQLSTATE classes: connection, resources, operator intervention and time-outs, lock conflicts, killed idle transactions. */
    private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57", "58", "40", "55", "25");

    private DatabaseFaults() {}

    /** What to throw instead: {@code database-unavailable} or an {@code IllegalStateException}; problems stay as they are. */
    static RuntimeException translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
            if (cause instanceof PgException refusal) {
                return translate(refusal.getSqlState(), refusal.getErrorMessage(), failure);
            }
            // What Hibernate makes of it.
            if (cause instanceof SQLException refusal) {
                return translate(refusal.getSQLState(), refusal.getMessage(), failure);
            }
            if (isConnectionLost(cause)) {
                return unavailable();
            }
        }
        return new IllegalStateException("the database adapter failed", failure);
    }

    private static RuntimeException translate(@Nullable String sqlState, @Nullable String message, Throwable failure) {
        String state = String.valueOf(sqlState);
        return UNAVAILABLE.contains(state.substring(0, Math.min(2, state.length())))
                ? unavailable()
                : new IllegalStateException("the database refused: " + message, failure);
    }

    private static boolean isConnectionLost(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof VertxException
                || cause instanceof java.util.concurrent.TimeoutException
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || "io.vertx.core.impl.NoStackTraceThrowable"
                        .equals(cause.getClass().getName());
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemCode.DATABASE_UNAVAILABLE,
                "the database did not answer in time; a change asked for may or may not have been made");
    }
}
