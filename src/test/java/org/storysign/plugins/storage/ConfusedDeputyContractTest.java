package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.ConfusedDeputyContract;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.ServicePage;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.records.NotificationInbox;
import org.storysign.plugins.platform.records.UserRecords;

@ServiceTest
class ConfusedDeputyContractTest extends ConfusedDeputyContract {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    PostgresKeyValueStore storage;

    @Inject
    PostgresUserDirectory users;

    @Inject
    PostgresContentLibrary content;

    @Inject
    PostgresAnalyticsLog analytics;

    @Inject
    PostgresNotifications notifications;

    @Inject
    PostgresNotificationInbox inbox;

    @Inject
    PostgresUserRecords records;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    @Override
    protected PlatformServices services() {
        return new PlatformServices(storage, users, content, analytics, notifications, notifications);
    }

    @Override
    protected TenantId tenant() {
        return tenant;
    }

    @Override
    protected TenantId otherTenant() {
        return otherTenant;
    }

    @Override
    protected void putUser(TenantId which, UserId user, String profile, String progress) {
        records.put(
                        which,
                        user,
                        new UserRecords.Update(Optional.of(profile), Optional.of(progress), Optional.empty()),
                        new WriteCondition.Always())
                .await()
                .atMost(SOON);
    }

    @Override
    protected List<String> told(TenantId which, UserId user) {
        return inbox
                .page(which, user, NotificationInbox.Which.ALL, new ServicePage(Optional.empty(), 1_000))
                .await()
                .atMost(SOON)
                .stream()
                .map(each -> each.plugin() + " " + each.notice().title())
                .toList();
    }
}
