package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.NoticeLevel;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.NotificationsContract;
import org.storysign.plugins.platform.ServicePage;
import org.storysign.plugins.platform.Toasts;
import org.storysign.plugins.platform.records.NotificationInbox;
import org.storysign.plugins.platform.records.NotificationInbox.Received;

@ServiceTest
class NotificationsContractTest extends NotificationsContract {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    PostgresNotifications notifications;

    @Inject
    PostgresNotificationInbox inbox;

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
    protected Notifications notifications() {
        return notifications;
    }

    @Override
    protected Toasts toasts() {
        return notifications;
    }

    @Override
    protected List<String> told(TenantId which, UserId user) {
        return received(which, user).reversed().stream()
                .map(each -> each.kind() + " " + each.plugin() + " "
                        + each.notice().level().publicName() + " "
                        + each.notice().title() + "|"
                        + each.notice().body() + "|" + each.notice().link())
                .toList();
    }

    @Test
    void what_has_outlived_its_time_is_not_seen_nor_read_and_is_cleaned_away() throws Exception {
        UserId anna = new UserId("anna");
        DataOwner to = new DataOwner(tenant, new PluginId("notes"), Optional.of(anna));
        notifications.show(to, new Notice(NoticeLevel.INFO, "brief", "", ""), SOON);
        long number = received(tenant, anna).getFirst().number();
        Rows.change("UPDATE notification SET expires_at = now() - interval '1 second' WHERE tenant = '" + tenant + "'");

        assertThat(received(tenant, anna)).isEmpty();
        assertThat(inbox.markRead(tenant, anna, number).await().atMost(SOON)).isFalse();

        cleanup.clean(tenant).await().atMost(SOON);
        assertThat(Rows.count("notification", tenant)).isZero();
    }

    private List<Received> received(TenantId which, UserId user) {
        return inbox.page(which, user, NotificationInbox.Which.ALL, new ServicePage(Optional.empty(), 1_000))
                .await()
                .atMost(SOON);
    }
}
