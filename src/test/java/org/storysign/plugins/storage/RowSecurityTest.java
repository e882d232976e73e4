package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;

@ServiceTest
class RowSecurityTest {

    @Inject
    @Readiness
    RowSecurityCheck check;

    private final TenantId mine = Tenants.fresh();
    private final TenantId theirs = Tenants.fresh();

    @Test
    void a_tenant_sees_and_changes_nothing_of_another_in_any_table_even_without_a_where_clause() throws Exception {
        fill(mine);
        fill(theirs);

        for (String table : tables()) {
            assertThat(Rows.count(table, theirs))
                    .as(table + " holds a row of theirs")
                    .isPositive();
            assertThat(asMe("SELECT count(*) FROM " + table)).as(table).isEqualTo(Rows.count(table, mine));
            assertThat(asMe("SELECT count(*) FROM " + table + " WHERE tenant <> '" + mine + "'"))
                    .as(table)
                    .isZero();
            assertThat(touched("DELETE FROM " + table + " WHERE tenant = '" + theirs + "'"))
                    .as(table)
                    .isZero();
            assertThat(touched("UPDATE " + table + " SET " + harmless(table) + " WHERE tenant = '" + theirs + "'"))
                    .as(table)
                    .isZero();
        }
        assertThatThrownBy(() -> asMe("INSERT INTO tenant (tenant) VALUES ('somebody-else') RETURNING 1"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void without_a_tenant_nothing_is_seen() throws Exception {
        fill(mine);

        try (Connection service = TestDatabase.asService();
                Statement statement = service.createStatement()) {
            for (String table : tables()) {
                assertThat(number(statement, "SELECT count(*) FROM " + table))
                        .as(table)
                        .isZero();
            }
            statement.execute("BEGIN");
            statement.execute("SELECT set_config('plugins.tenant', '" + mine + "', true)");
            assertThat(number(statement, "SELECT count(*) FROM plugin")).isEqualTo(1);
            statement.execute("COMMIT");
            assertThat(number(statement, "SELECT count(*) FROM plugin"))
                    .as("the tenant ends with the transaction")
                    .isZero();
        }
    }

    @Test
    void the_service_can_neither_change_nor_forge_the_audit_trail() throws Exception {
        fill(mine);

        for (String command : List.of(
                "UPDATE audit_log SET actor = 'nobody'",
                "DELETE FROM audit_log",
                "TRUNCATE audit_log",
                "INSERT INTO audit_log (tenant, sequence, at, actor, action, subject, facts, previous_hash, hash) VALUES ('"
                        + mine + "', 7, now(), 'a', 'b', 'c', '{}', '', '')",
                "ALTER TABLE audit_log DISABLE ROW LEVEL SECURITY",
                "ALTER TABLE audit_log DISABLE TRIGGER ALL")) {
            assertThatThrownBy(() -> run(command))
                    .as(command)
                    .satisfies(refusal ->
                            assertThat(refusal.getMessage()).containsAnyOf("permission denied", "must be owner"));
        }
    }

    @Test
    void a_changed_or_missing_audit_entry_breaks_the_chain_where_it_happened() throws Exception {
        for (int entry = 0; entry < 4; entry++) {
            run("INSERT INTO audit_log (tenant, actor, action, subject, facts) VALUES ('" + tenantRow()
                    + "', 'a', 'b', 'c', '{}')");
        }
        assertThat(broken()).isEqualTo("null");

        Rows.change("UPDATE audit_log SET actor = 'innocent' WHERE sequence = 3 AND tenant = '" + mine + "'");
        assertThat(broken()).isEqualTo("3");

        Rows.change("UPDATE audit_log SET actor = 'a' WHERE sequence = 3 AND tenant = '" + mine + "'");
        assertThat(broken()).isEqualTo("null");
        Rows.change("DELETE FROM audit_log WHERE sequence = 2 AND tenant = '" + mine + "'");
        assertThat(broken()).isEqualTo("3");
    }

    @Test
    void readiness_is_red_while_row_security_would_not_hold() throws Exception {
        assertThat(state()).isEqualTo(HealthCheckResponse.Status.UP);

        for (String[] weakness : new String[][] {
            {"ALTER ROLE storysign_service BYPASSRLS", "ALTER ROLE storysign_service NOBYPASSRLS"},
            {"ALTER ROLE storysign_service SUPERUSER", "ALTER ROLE storysign_service NOSUPERUSER"},
            {"GRANT storysign_owner TO storysign_service", "REVOKE storysign_owner FROM storysign_service"},
            {"ALTER TABLE hook_policy NO FORCE ROW LEVEL SECURITY", "ALTER TABLE hook_policy FORCE ROW LEVEL SECURITY"},
            {"ALTER TABLE hook_policy DISABLE ROW LEVEL SECURITY", "ALTER TABLE hook_policy ENABLE ROW LEVEL SECURITY"},
            {
                "GRANT UPDATE (actor) ON audit_log TO storysign_service",
                "REVOKE UPDATE (actor) ON audit_log FROM storysign_service"
            },
            {"CREATE TABLE forgotten (tenant text)", "DROP TABLE forgotten"},
        }) {
            Rows.change(weakness[0]);
            try {
                assertThat(state()).as(weakness[0]).isEqualTo(HealthCheckResponse.Status.DOWN);
            } finally {
                Rows.change(weakness[1]);
            }
        }

        assertThat(state()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    private HealthCheckResponse.Status state() {
        return check.call().await().atMost(Duration.ofSeconds(10)).getStatus();
    }

    private static List<String> tables() throws SQLException {
        String names = Rows.text("SELECT string_agg(relname, ',') FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = 'public'::regnamespace AND relname <> 'flyway_schema_history'");
        return List.of(names.split(","));
    }

    /** A row in every table; a table that is forgotten here fails the test. */
    private static void fill(TenantId tenant) throws SQLException {
        List<String> commands = new ArrayList<>(
                List.of(
                        "INSERT INTO tenant (tenant) VALUES ('%1$s')",
                        "INSERT INTO tenant_policy VALUES ('%1$s', 'standard', 'minimal', '{}', NULL, 1)",
                        "INSERT INTO artifact VALUES ('%1$s', 'sha256:' || encode(sha256(''), 'hex'), '')",
                        "INSERT INTO plugin VALUES ('%1$s', 'notes', 'installed', NULL, NULL, NULL, 1, '1.0.0', '{}', 'standard', NULL,"
                                + " '{}', 1, now(), now())",
                        "INSERT INTO release VALUES ('%1$s', 'notes', '1.0.0', 'p', 'sha256:' || encode(sha256(''), 'hex'), '{}', 'n',"
                                + " 'd', '{}', '[]', now(), 'a')",
                        "INSERT INTO hook_policy VALUES ('%1$s', 'story', '{}', NULL, 1)",
                        "INSERT INTO plugin_usage VALUES ('%1$s', 'notes', 1, 2, 1)",
                        "INSERT INTO plugin_data VALUES ('%1$s', 'notes', '', 'k', '1', DEFAULT, 1, NULL)",
                        "INSERT INTO plugin_file (tenant, plugin, path, directory, modified_at) VALUES ('%1$s', 'notes', 'a', true, now())",
                        "INSERT INTO api_key VALUES ('%1$s', gen_random_uuid(), 'ci', '%1$s', '{}', '{}', 'any', now(), NULL, NULL)",
                        "INSERT INTO service_usage VALUES ('%1$s', 'notes', 'ai', current_date, 1)",
                        "INSERT INTO ai_usage VALUES ('%1$s', 'notes', current_date, 1, 1)",
                        "INSERT INTO event (tenant, id, sequence, hook, plugin, depth, call, catalogue_revision) VALUES ('%1$s',"
                                + " gen_random_uuid(), nextval('event_sequence'), 'story', '', 0, '{}', 0)",
                        "INSERT INTO live_message (tenant, id, plugin, channel, payload) VALUES ('%1$s', gen_random_uuid(), 'notes', 'c', '1')",
                        "INSERT INTO publisher_key VALUES ('%1$s', 'sha256:' || encode(sha256(''), 'hex'), 'acme', 'k', now(), NULL, NULL,"
                                + " now())",
                        "INSERT INTO repeated_request VALUES ('%1$s', 'key:a', encode(sha256(''), 'hex'), 'f', gen_random_uuid(), now(),"
                                + " NULL, now())",
                        "INSERT INTO blocked_digest VALUES ('%1$s', 'sha256:' || encode(sha256(''), 'hex'), 'r', 'a', now())",
                        "INSERT INTO load_attempt VALUES ('%1$s', 'sha256:' || encode(sha256(''), 'hex'), gen_random_uuid(), now())",
                        "INSERT INTO operation (tenant, id, source, started_by, state, phase, lease_owner, lease_ends) VALUES ('%1$s',"
                                + " gen_random_uuid(), 's', 'a', 'pending', 'waiting', 'p', now() + interval '1 hour')",
                        "INSERT INTO invocation (tenant, plugin, id, at, release, kind, handler, for_user, dry_run, run_us, wait_us, fuel,"
                                + " peak_memory, host_calls) VALUES ('%1$s', 'notes', gen_random_uuid(), now(), '1.0.0', 'call', 'f', false,"
                                + " false, 0, 0, 0, 0, 0)",
                        "INSERT INTO plugin_log (tenant, plugin, at, level, text) VALUES ('%1$s', 'notes', now(), 2, 't')",
                        "INSERT INTO plugin_usage_hour VALUES ('%1$s', 'notes', now(), 'calls', '', 1)",
                        "INSERT INTO webhook (tenant, id, url, event_types, secret) VALUES ('%1$s',"
                                + " '00000000-0000-0000-0000-000000000001', 'https://a.example', '{}', 's')",
                        "INSERT INTO webhook_delivery (tenant, webhook, event_type, body) VALUES ('%1$s',"
                                + " '00000000-0000-0000-0000-000000000001', 'webhook.test', '{}')",
                        "INSERT INTO shared_release VALUES ('%1$s', 'notes', '1.0.0', now(), 'a')",
                        "INSERT INTO user_token VALUES ('%1$s', '%1$s', 'token', 'ada', '{}', '{}', NULL, now())",
                        "INSERT INTO release_file VALUES ('%1$s', 'notes', '1.0.0', 'a.txt', 'sha256:' || encode(sha256(''), 'hex'))",
                        "INSERT INTO audit_log (tenant, actor, action, subject, facts) VALUES ('%1$s', 'a', 'b', 'c', '{}')",
                        "INSERT INTO product_user VALUES ('%1$s', 'anna', '{}', '{}', '{}', 1)",
                        "INSERT INTO content (tenant, id, kind, language, title, body, user_id, plugin, revision, created_at)"
                                + " VALUES ('%1$s', 'c', 'story', 'en', 'T', 'x', 'anna', 'notes', 1, now())",
                        "INSERT INTO analytics_usage VALUES ('%1$s', 'notes', current_date, 1)",
                        "INSERT INTO analytics_event (tenant, plugin, user_id, name, properties, at)"
                                + " VALUES ('%1$s', 'notes', 'anna', 'e', '{}', now())",
                        "INSERT INTO notification (tenant, plugin, user_id, kind, level, title, body, link, created_at, expires_at)"
                                + " VALUES ('%1$s', 'notes', 'anna', 'notice', 'info', 'T', '', '', now(), now() + interval '1 day')"));
        commands.addFirst("BEGIN");
        commands.add("COMMIT");
        Rows.change(String.join(";", commands).formatted(tenant));
    }

    private TenantId tenantRow() throws SQLException {
        Rows.change("INSERT INTO tenant (tenant) VALUES ('" + mine + "') ON CONFLICT DO NOTHING");
        return mine;
    }

    private String broken() throws SQLException {
        try (Connection service = TestDatabase.asService();
                Statement statement = service.createStatement()) {
            statement.execute("SELECT set_config('plugins.tenant', '" + mine + "', false)");
            try (ResultSet rows = statement.executeQuery("SELECT audit_first_break()")) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        }
    }

    private static String harmless(String table) {
        return switch (table) {
            case "api_key" -> "revoked_at = now()";
            case "operation" -> "state = state";
            case "load_attempt" -> "renewed_at = renewed_at";
            default -> "tenant = tenant";
        };
    }

    /** Rows changed, or none because the service may not do this at all. */
    private int touched(String command) throws SQLException {
        try {
            return run(command);
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("permission denied");
            return 0;
        }
    }

    private int run(String command) throws SQLException {
        try (Connection service = TestDatabase.asService();
                Statement statement = service.createStatement()) {
            statement.execute("SELECT set_config('plugins.tenant', '" + mine + "', false)");
            return statement.executeUpdate(command);
        }
    }

    private long asMe(String query) throws SQLException {
        try (Connection service = TestDatabase.asService();
                Statement statement = service.createStatement()) {
            statement.execute("SELECT set_config('plugins.tenant', '" + mine + "', false)");
            return number(statement, query);
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
