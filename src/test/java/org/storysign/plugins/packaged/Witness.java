package org.storysign.plugins.packaged;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestDatabase;

/** Sees the database from outside every process, as its superuser: who waits where, and what is stored. */
final class Witness implements AutoCloseable {

    private static final int HELD_COMMIT = 4711;

    private final Connection connection;
    private final TenantId tenant;

    Witness(TenantId tenant) {
        try {
            this.connection = TestDatabase.asSuperuser();
            this.tenant = tenant;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on a transaction that is being committed waits while {@link #holdCommits} is held: after COMMIT was sent. */
    void makeCommitsHoldable() {
        execute("""
                CREATE OR REPLACE FUNCTION test_hold_commit() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_advisory_xact_lock_shared(%d); RETURN NULL; END $$;
                DROP TRIGGER IF EXISTS test_hold_commit ON audit_log;
                CREATE CONSTRAINT TRIGGER test_hold_commit AFTER INSERT ON audit_log
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION test_hold_commit();""".formatted(HELD_COMMIT));
    }

    void begin() {
        execute("BEGIN");
    }

    /** Gives back everything that was held. */
    void release() {
        execute("ROLLBACK");
    }

    /** Whoever begins a change of the tenant waits before its first write. */
    void holdTenant() {
        count("SELECT count(*) FROM (SELECT 1 FROM tenant WHERE tenant = ? FOR UPDATE) held");
    }

    /** Whoever changes the tenant waits between its writes and its audit entry. */
    void holdAudit() {
        count("SELECT count(pg_advisory_xact_lock(hashtextextended('audit:' || ?, 0)))");
    }

    void holdCommits() {
        execute("SELECT pg_advisory_xact_lock(" + HELD_COMMIT + ")");
    }

    /** Connections of that name which wait for a lock right now. */
    boolean hasWaiting(String application) {
        return activity(application, "AND wait_event_type = 'Lock'") > 0;
    }

    boolean hasOpenTransaction(String application) {
        return activity(application, "AND xact_start IS NOT NULL AND state <> 'idle'") > 0;
    }

    boolean hasConnection(String application) {
        return activity(application, "") > 0;
    }

    boolean isSomethingBeingEnabled() {
        return count("SELECT count(*) FROM plugin WHERE tenant = ? AND state = 'enabling'") > 0;
    }

    /** Leases of enablings end now: nobody waits two minutes. */
    void endLeases() {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE plugin SET lease_ends = now() - interval '1 second' WHERE tenant = ? AND state = 'enabling'")) {
            statement.setString(1, tenant.value());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes a plugin's rows away, its artifact and audit entries not. */
    void lose(String id) {
        execute("DELETE FROM plugin WHERE tenant = '" + tenant.value() + "' AND id = '" + id + "'");
    }

    /** Plugin to state, as its rows say. */
    Map<String, String> storedStates() {
        Map<String, String> states = new TreeMap<>();
        rows("SELECT id, state FROM plugin WHERE tenant = ?").forEach(row -> states.put(row.get(0), row.get(1)));
        return states;
    }

    /** Why plugins are in the state they are in, where something is said of it. */
    List<List<String>> reasons() {
        return rows("SELECT id, state, state_reason FROM plugin WHERE tenant = ? AND state_reason IS NOT NULL");
    }

    /** Parts of plugins, as {@link Operator} calls them, to what is stored. */
    Map<String, String> storedParts() {
        Map<String, String> parts = new TreeMap<>();
        rows("SELECT id, config, active_version FROM plugin WHERE tenant = ?").forEach(row -> {
            parts.put(row.get(0) + Operator.CONFIG, row.get(1).equals("{}") ? Operator.ABSENT : row.get(1));
            parts.put(row.get(0) + Operator.VERSION, row.get(2).equals("1.0.0") ? Operator.ABSENT : row.get(2));
        });
        rows("SELECT plugin, count(*)::text FROM release WHERE tenant = ? GROUP BY plugin")
                .forEach(row -> parts.put(
                        row.get(0) + Operator.RELEASES, row.get(1).equals("1") ? Operator.ABSENT : row.get(1)));
        rows("SELECT plugin, value FROM plugin_data WHERE tenant = ? AND key = 'kept'")
                .forEach(row -> parts.put(row.get(0) + Operator.DATA, row.get(1)));
        return parts;
    }

    /** The backend of one of the connections of that name, in a transaction if it can be. */
    Optional<Backend> backend(String application) {
        return rows(
                        "SELECT pid::text, (xact_start IS NOT NULL)::text, left(query, 60) FROM pg_stat_activity WHERE application_name = '"
                                + application + "' AND ? <> '' ORDER BY xact_start IS NULL, random()")
                .stream()
                .findFirst()
                .map(row -> new Backend(Long.parseLong(row.get(0)), row.get(1).equals("true"), row.get(2)));
    }

    /**
     * A process of the database that serves a connection.
     *
     * @param query the statement it is at, or was at last
     */
    record Backend(long pid, boolean inTransaction, String query) {}

    /** Plugin to state, as its audit entries say when they are played from the first. */
    Map<String, String> auditedStates() {
        Map<String, String> states = new TreeMap<>();
        rows("SELECT substr(subject, 8), action, facts::json ->> 'phase' FROM audit_log WHERE tenant = ? ORDER BY sequence")
                .forEach(row -> play(states, row.get(0), row.get(1), row.get(2)));
        return states;
    }

    /** Artifacts that no release needs, releases that lack theirs, and breaks of the audit chain. */
    List<List<String>> leftovers() {
        List<List<String>> found = new ArrayList<>();
        found.addAll(rows("SELECT 'artifact', digest FROM artifact a WHERE tenant = ? AND NOT EXISTS "
                + "(SELECT 1 FROM release r WHERE r.tenant = a.tenant AND r.module_digest = a.digest)"));
        found.addAll(rows("SELECT 'release', plugin FROM release r WHERE tenant = ? AND NOT EXISTS "
                + "(SELECT 1 FROM artifact a WHERE r.tenant = a.tenant AND r.module_digest = a.digest)"));
        found.addAll(
                rows(
                        "SELECT 'plugin', id FROM plugin p WHERE tenant = ? AND NOT EXISTS "
                                + "(SELECT 1 FROM release r WHERE r.tenant = p.tenant AND r.plugin = p.id AND r.version = p.active_version)"));
        found.addAll(rows("SELECT 'audit', at FROM (SELECT set_config('plugins.tenant', ?, false)) named, "
                + "LATERAL (SELECT audit_first_break()::text AS at) broken WHERE at IS NOT NULL"));
        return found;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void play(Map<String, String> states, String id, String action, String phase) {
        switch (action) {
            case "plugin.install" -> states.putIfAbsent(id, "installed");
            case "plugin.enable", "consent.give" -> states.put(id, phase.equals("done") ? "enabled" : "enabling");
            case "plugin.disable", "plugin.enable-failed" -> states.put(id, "disabled");
            case "plugin.uninstall" -> states.remove(id);
            case "config.change", "data.write", "release.activate" -> {}
            default -> throw new IllegalStateException("an entry nobody caused: " + action);
        }
    }

    private long activity(String application, String condition) {
        return count("SELECT count(*) FROM pg_stat_activity WHERE application_name = ? " + condition, application);
    }

    private long count(String sql) {
        return count(sql, tenant.value());
    }

    private long count(String sql, String parameter) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<List<String>> rows(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            List<List<String>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int column = 1; column <= columns; column++) {
                        row.add(String.valueOf(result.getString(column)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
