package org.storysign.plugins.storage;

import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** Why a database could not be used at start, in the words of the person who configured it. */
public final class DatabaseStartFaults {

    private static final String BAD_PASSWORD = "28P01";
    private static final String BAD_LOGIN = "28000";
    private static final String NO_DATABASE = "3D000";
    private static final String NO_PRIVILEGE = "42501";
    private static final String CONNECTION_CLASS = "08";

    private DatabaseStartFaults() {}

    /** A sentence that says what to look at; empty when the failure has nothing to do with the database, or nobody foresaw it. */
    public static Optional<String> explain(Throwable failure) {
        Optional<String> ofMigration = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> ofConnection =
                    cause instanceof SQLException fault ? ofConnection(fault) : Optional.empty();
            if (ofConnection.isPresent()) {
                return ofConnection;
            }
            if (cause instanceof FlywayException fault && ofMigration.isEmpty()) {
                ofMigration = Optional.of(ofMigration(fault));
            }
        }
        return ofMigration;
    }

    private static Optional<String> ofConnection(SQLException fault) {
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

    private static String ofMigration(FlywayException fault) {
        return "The database's schema does not fit this version of the service, and nothing was changed. "
                + "Start the version that made it, or restore a backup. Flyway says: "
                + String.join(" ", String.valueOf(fault.getMessage()).lines().toList());
    }

    private static String firstLine(Throwable fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    }
}
