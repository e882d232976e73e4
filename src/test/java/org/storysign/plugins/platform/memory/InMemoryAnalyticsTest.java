package org.storysign.plugins.platform.memory;

import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.AnalyticsLogContract;

class InMemoryAnalyticsTest extends AnalyticsLogContract {

    private final AnalyticsLog log = new InMemoryAnalytics(new TestClock());

    @Override
    protected AnalyticsLog log() {
        return log;
    }

    @Override
    protected TenantId tenant() {
        return TenantId.DEFAULT;
    }

    @Override
    protected TenantId otherTenant() {
        return new TenantId("other");
    }
}
