package org.storysign.plugins;

import java.net.BindException;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** What a person who starts the service is told when it could not start, for the reasons that happen. */
final class StartFailure {

    private static final String BAD_PASSWORD = "28P01";
    private static final String BAD_LOGIN = "28000";
    private static final String NO_DATABASE = "3D000";
    private static final String CONNECTION_CLASS = "08";
    private static final String NO_PRIVILEGE = "42501";

    private StartFailure() {}

    /** A sentence, unless nobody foresaw this failure: then the stack trace is needed. */
    static Optional<String> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> known = explainOne(cause);
            if (known.isPresent()) {
                return known;
            }
        }
        return migrationFault(failure);
    }

    private static Optional<String> explainOne(Throwable cause) {
        return switch (cause) {
            case StartRefusedException refused -> Optional.of(refused.getMessage());
            case BindException taken ->
                Optional.of("The address to listen on is taken (" + taken.getMessage()
                        + "). Stop the other program, or choose another port with --port or QUARKUS_HTTP_PORT.");
            case SQLException database -> databaseFault(database);
            default -> Optional.empty();
        };
    }

    private static Optional<String> databaseFault(SQLException fault) {
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        String said = " It says: " + firstLine(fault);
        return switch (state) {
            case BAD_PASSWORD, BAD_LOGIN ->
                Optional.of("The database refuses the login. Check storysign.database.owner.username and .password."
                        + said);
            case NO_DATABASE ->
                Optional.of("The database does not exist; create it, or correct storysign.database.url." + said);
            case NO_PRIVILEGE ->
                Optional.of("The owner's role may not do what a migration needs (decisions/004 lists it)." + said);
            default ->
                state.startsWith(CONNECTION_CLASS)
                        ? Optional.of(
                                "The database cannot be reached. Check storysign.database.url and that it runs." + said)
                        : Optional.empty();
        };
    }

    private static Optional<String> migrationFault(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywayException) {
                return Optional.of(
                        "The database's schema does not fit this version of the service, and nothing was changed. "
                                + "Start the version that made it, or restore a backup. Flyway says: "
                                + allLines(cause));
            }
        }
        return Optional.empty();
    }

    private static String firstLine(Throwable fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    }

    private static String allLines(Throwable fault) {
        return String.join(" ", String.valueOf(fault.getMessage()).lines().toList());
    }
}
