package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;

/**
 * Control C21: the database's functions with every condition on the tenant taken out of them. What row-level security shows must be
 * the same as before. The change is rolled back; nobody else sees it.
 */
@ServiceTest
class WithoutTenantCheckTest {

    private static final String CONDITION = "(\\w+\\.)?tenant = which_tenant";

    private final TenantId mine = Tenants.fresh();
    private final TenantId theirs = Tenants.fresh();

    @Test
    void functions_that_forget_the_tenant_still_show_and_change_nothing_of_another() throws Exception {
        fill(mine);
        fill(theirs);
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(takeConditionsOut(statement)).isGreaterThan(20);
            statement.execute("SET LOCAL ROLE storysign_service");

            assertThat(number(statement, "SELECT count(*) FROM user_find('%s', 'anna')"))
                    .isOne();
            assertThat(number(statement, "SELECT count(*) FROM user_export('%s', 'anna', 0, 100)"))
                    .isEqualTo(5);
            assertThat(number(statement, "SELECT count(*) FROM content_page('%s', 'anna', NULL, 99999999, 100)"))
                    .isOne();
            assertThat(number(statement, "SELECT count(*) FROM content_find('%s', 'anna', NULL, '', 'word', 0, 100)"))
                    .isOne();
            assertThat(number(statement, "SELECT count(*) FROM content_get('%s', NULL, 'of-" + theirs + "')"))
                    .isZero();
            assertThat(number(
                            statement,
                            "SELECT count(*) FROM analytics_page('%s', 'notes', 'anna', NULL, 99999999, 100)"))
                    .isOne();
            assertThat(number(statement, "SELECT count(*) FROM notification_page('%s', 'anna', false, 99999999, 100)"))
                    .isOne();
            assertThat(number(statement, "SELECT count(*) FROM data_get('%s', 'notes', 'anna', 'k')"))
                    .isOne();
            assertThat(number(statement, "SELECT count(*) FROM file_find('%s', 'notes', 'f')"))
                    .isOne();
            assertThat(number(statement, "SELECT count(*) FROM file_list('%s', 'notes', '')"))
                    .isEqualTo(2);
            assertThat(number(statement, "SELECT octet_length(content) FROM file_read('%s', 'notes', 'f', 0, 9)"))
                    .isOne();
            assertThat(number(
                            statement,
                            "SELECT size FROM file_write('%s', 'notes', 'f', 'append', 0, 'xx', 99, 99, 99)"))
                    .isEqualTo(3);
            assertThat(number(statement, "SELECT (file_remove('%s', 'notes', 'f', 'file') = 'done')::int"))
                    .isOne();
            assertThat(number(statement, "SELECT notification_expire('%s', 100)"))
                    .isZero();
            assertThat(number(statement, "SELECT analytics_expire('%s', 1, 100)"))
                    .isOne();
            assertThat(number(
                            statement, "SELECT users + keys + items + events + notices FROM user_erase('%s', 'anna')"))
                    .isEqualTo(4);
            assertThat(number(statement, "SELECT count(*) FROM user_export('%s', 'anna', 0, 100)"))
                    .isZero();

            statement.execute("RESET ROLE");
            for (String table : List.of(
                    "product_user", "content", "analytics_event", "notification", "plugin_data", "plugin_file")) {
                assertThat(number(statement, "SELECT count(*) FROM " + table + " WHERE tenant = '" + theirs + "'"))
                        .as(table)
                        .isOne();
            }
            connection.rollback();
        }
    }

    /** How many functions it changed. */
    private static int takeConditionsOut(Statement statement) throws SQLException {
        List<String> definitions = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT pg_get_functiondef(oid) FROM pg_proc"
                + " WHERE pronamespace = 'public'::regnamespace AND prosrc ~ 'tenant = which_tenant'")) {
            while (rows.next()) {
                definitions.add(rows.getString(1));
            }
        }
        for (String definition : definitions) {
            statement.execute(definition.replaceAll(CONDITION, "true"));
        }
        return definitions.size();
    }

    private static void fill(TenantId tenant) throws SQLException {
        Rows.change(String.join(
                        ";",
                        "BEGIN",
                        "INSERT INTO tenant (tenant) VALUES ('%1$s')",
                        "INSERT INTO plugin_usage VALUES ('%1$s', 'notes', 2, 4, 1)",
                        "INSERT INTO plugin_data VALUES ('%1$s', 'notes', 'anna', 'k', '1', DEFAULT, 1, NULL)",
                        "INSERT INTO plugin_file (tenant, plugin, path, directory, content, modified_at)"
                                + " VALUES ('%1$s', 'notes', 'f', false, 'x', now())",
                        "INSERT INTO product_user VALUES ('%1$s', 'anna', '{}', '{}', '{}', 1)",
                        "INSERT INTO content (tenant, id, kind, language, title, body, user_id, plugin, revision, created_at)"
                                + " VALUES ('%1$s', 'of-%1$s', 'story', 'en', 'T', 'word', 'anna', 'notes', 1, now())",
                        "INSERT INTO analytics_event (tenant, plugin, user_id, name, properties, at)"
                                + " VALUES ('%1$s', 'notes', 'anna', 'e', '{}', now() - interval '9 days')",
                        "INSERT INTO notification (tenant, plugin, user_id, kind, level, title, body, link, created_at,"
                                + " expires_at) VALUES ('%1$s', 'notes', 'anna', 'notice', 'info', 'T', '', '', now(),"
                                + " now() + interval '1 day')",
                        "COMMIT")
                .formatted(tenant));
    }

    /** The first column of the first row; the query may ask for my tenant as {@code %s}. */
    private long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query.formatted(mine))) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
