package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.storysign.plugins.hook.queue.EventQueue;
import org.storysign.plugins.hook.queue.EventQueueContract;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.EventOutbox;

@ServiceTest
class EventQueueContractTest extends EventQueueContract {

    @Inject
    PostgresEventQueue queue;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    @Override
    protected EventOutbox outbox() {
        return queue;
    }

    @Override
    protected EventQueue queue() {
        return queue;
    }

    @Override
    protected TenantId tenant() {
        return tenant;
    }

    @Override
    protected TenantId otherTenant() {
        return otherTenant;
    }

    /** The database's clock cannot be set, but what it is compared with can. */
    @Override
    protected void letPass(Duration time) {
        change("UPDATE event SET takeable_at = takeable_at - interval '" + time.toMillis()
                + " milliseconds' WHERE tenant = '" + tenant + "'");
    }

    @Override
    protected void catalogueStandsAt(long revision) {
        change("INSERT INTO tenant (tenant, revision) VALUES ('" + tenant + "', " + revision + ")");
    }

    private static void change(String command) {
        try {
            Rows.change(command);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
