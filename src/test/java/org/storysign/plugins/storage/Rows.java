package org.storysign.plugins.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestDatabase;

/** The database as its superuser sees it, beside the service. */
final class Rows {

    private Rows() {}

    static long count(String table, TenantId tenant) throws SQLException {
        return Long.parseLong(text("SELECT count(*) FROM " + table + " WHERE tenant = '" + tenant + "'"));
    }

    /** The first column of the first row. */
    static String text(String query) throws SQLException {
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    static void change(String command) throws SQLException {
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
