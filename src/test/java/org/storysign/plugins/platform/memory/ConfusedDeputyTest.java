package org.storysign.plugins.platform.memory;

import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.platform.ConfusedDeputyContract;
import org.storysign.plugins.platform.InMemoryKeyValueStore;
import org.storysign.plugins.platform.PlatformServices;

class ConfusedDeputyTest extends ConfusedDeputyContract {

    private final TestClock clock = new TestClock();
    private final InMemoryUsers users = new InMemoryUsers();
    private final InMemoryNotifications notifications = new InMemoryNotifications();
    private final PlatformServices services = new PlatformServices(
            new InMemoryKeyValueStore(clock),
            users,
            new InMemoryContent(clock),
            new InMemoryAnalytics(clock),
            notifications,
            notifications);

    @Override
    protected PlatformServices services() {
        return services;
    }

    @Override
    protected TenantId tenant() {
        return TenantId.DEFAULT;
    }

    @Override
    protected TenantId otherTenant() {
        return new TenantId("foreign");
    }

    @Override
    protected void putUser(TenantId tenant, UserId user, String profile, String progress) {
        users.put(tenant, user, profile, progress);
    }

    @Override
    protected List<String> told(TenantId tenant, UserId user) {
        return notifications.told().stream()
                .filter(told -> told.to().tenant().equals(tenant))
                .filter(told -> told.to().user().equals(Optional.of(user)))
                .map(told -> told.to().plugin() + " " + told.notice().title())
                .toList();
    }
}
