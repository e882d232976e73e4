package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.plugin.LoadAttempts;
import org.storysign.plugins.plugin.LoadAttemptsContract;

@ServiceTest
class PostgresLoadAttemptsTest extends LoadAttemptsContract {

    @Inject
    PostgresLoadAttempts attempts;

    @Override
    protected LoadAttempts attempts() {
        return attempts;
    }

    @Override
    protected void know(TenantId unknown) {
        change("INSERT INTO tenant (tenant) VALUES ('" + unknown + "')");
    }

    @Override
    protected void letPass(TenantId whose, Duration time) {
        change("UPDATE load_attempt SET renewed_at = renewed_at - interval '" + time.toMillis()
                + " milliseconds' WHERE tenant = '" + whose + "'");
    }

    private static void change(String command) {
        try {
            Rows.change(command);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
