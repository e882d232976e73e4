package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.NotificationsContract;
import org.storysign.plugins.platform.Toasts;

/** Every case that all pass, over HTTP; and no request or answer that is not as the contract's document says. */
@Timeout(120)
class HttpNotificationsTest extends NotificationsContract {

    private final Product product = new Product();

    @AfterEach
    void keepsTheContract() {
        product.close();
        assertThat(product.breaches()).isEmpty();
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
    protected Notifications notifications() {
        return product.services().notifications();
    }

    @Override
    protected Toasts toasts() {
        return product.services().toasts();
    }

    @Override
    protected List<String> told(TenantId tenant, UserId user) {
        return told(product.fakes().notifications(), tenant, user);
    }
}
