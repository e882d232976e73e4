package org.storysign.plugins.platform.memory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.NotificationsContract;
import org.storysign.plugins.platform.Toasts;

class InMemoryNotificationsTest extends NotificationsContract {

    private final InMemoryNotifications notifications = new InMemoryNotifications();

    @Override
    protected Notifications notifications() {
        return notifications;
    }

    @Override
    protected Toasts toasts() {
        return notifications;
    }

    @Override
    protected TenantId tenant() {
        return TenantId.DEFAULT;
    }

    @Override
    protected TenantId otherTenant() {
        return new TenantId("other");
    }

    @Override
    protected List<String> told(TenantId tenant, UserId user) {
        return notifications.told().stream()
                .filter(told -> told.to().tenant().equals(tenant))
                .filter(told -> told.to().user().equals(Optional.of(user)))
                .map(told -> told.kind().name().toLowerCase(Locale.ROOT) + " "
                        + told.to().plugin() + " " + told.notice().level().publicName() + " "
                        + told.notice().title() + "|" + told.notice().body() + "|"
                        + told.notice().link())
                .toList();
    }
}
