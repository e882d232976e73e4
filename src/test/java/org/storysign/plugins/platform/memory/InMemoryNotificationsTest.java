package org.storysign.plugins.platform.memory;

import java.util.List;
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
        return told(notifications, tenant, user);
    }
}
