package org.storysign.plugins.storage.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * The roles and the database, made by the superuser at every start and harmless to repeat: the owner migrates the schema, the
 * service logs in and can neither own nor bypass anything.
 */
final class DatabaseRoles {

    static final String SUPERUSER = "postgres";
    static final String OWNER = "storysign_owner";
    static final String SERVICE = "storysign_service";
    static final String DATABASE = "storysign";

    private static final String NO_POWERS =
            " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ";

    private DatabaseRoles() {}

    static void prepare(int port, String superuserPassword, DatabaseAddress address) throws SQLException {
        try (Connection connection = connect(port, superuserPassword);
                Statement statement = connection.createStatement()) {
            for (DatabaseAddress.Login role : List.of(address.owner(), address.service())) {
                if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role.username() + "'")) {
                    statement.execute("CREATE ROLE " + role.username());
                }
                statement.execute(
                        "ALTER ROLE " + role.username() + NO_POWERS + statement.enquoteLiteral(role.password()));
            }
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
            statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
            statement.execute("GRANT CONNECT ON DATABASE " + DATABASE + " TO " + SERVICE);
        }
    }

    private static Connection connect(int port, String superuserPassword) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", SUPERUSER);
        login.setProperty("password", superuserPassword);
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        return Objects.requireNonNull(new Driver().connect(url, login), "the driver knows its own kind of address");
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
