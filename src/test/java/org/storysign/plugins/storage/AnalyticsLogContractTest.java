package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.AnalyticsLogContract;
import org.storysign.plugins.platform.DataOwner;

@ServiceTest
class AnalyticsLogContractTest extends AnalyticsLogContract {

    @Inject
    PostgresAnalyticsLog log;

    @Inject
    ExpiredDataCleanup cleanup;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    @Override
    protected TenantId tenant() {
        return tenant;
    }

    @Override
    protected TenantId otherTenant() {
        return otherTenant;
    }

    @Override
    protected AnalyticsLog log() {
        return log;
    }

    @Test
    void events_beyond_their_time_go_and_younger_ones_stay() throws Exception {
        DataOwner owner = new DataOwner(tenant, new PluginId("notes"), Optional.empty());
        for (String name : new String[] {"old", "young"}) {
            log.append(owner, new AnalyticsLog.NewEvent(name, "{}"), 10, Duration.ofSeconds(5));
        }
        Rows.change("UPDATE analytics_event SET at = now() - interval '91 days' WHERE name = 'old' AND tenant = '"
                + tenant + "'");
        Rows.change("INSERT INTO analytics_usage VALUES ('" + tenant + "', 'notes', current_date - 92, 1)");

        cleanup.clean(tenant).await().atMost(Duration.ofSeconds(10));

        assertThat(Rows.text("SELECT string_agg(name, ',') FROM analytics_event WHERE tenant = '" + tenant + "'"))
                .isEqualTo("young");
        assertThat(Rows.count("analytics_usage", tenant)).isEqualTo(1);
    }
}
