package org.storysign.plugins.packaged;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestDatabase;

/** Sees a tenant's events and what their handler has kept from outside every process, as the database's superuser. */
final class QueueWitness implements AutoCloseable {

    private final Connection connection;
    private final TenantId tenant;

    QueueWitness(TenantId tenant) {
        try {
            this.connection = TestDatabase.asSuperuser();
            this.tenant = tenant;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Event id to how often the handler has come to its end for it. */
    Map<String, Long> handled() {
        return counts("SELECT split_part(key, '/', 1), count(*) FROM plugin_data WHERE tenant = ? GROUP BY 1");
    }

    /** State to number of events. */
    Map<String, Long> states() {
        return counts("SELECT state, count(*) FROM event WHERE tenant = ? GROUP BY 1");
    }

    /** How many events that process has in work. */
    long inWorkAt(ServiceProcess process) {
        return counts("SELECT worker, count(*) FROM event WHERE tenant = ? AND state = 'working' GROUP BY 1")
                .entrySet()
                .stream()
                .filter(worker -> worker.getKey().endsWith("/" + process.pid()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** As if what is said to be handled had got lost, and its row with it. */
    void lose(String event) {
        counts("WITH row AS (DELETE FROM event WHERE tenant = ? AND id = '" + event
                + "'::uuid), mark AS (DELETE FROM plugin_data WHERE key LIKE '" + event + "/%') SELECT 'lost', 1");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Long> counts(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            Map<String, Long> counts = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
