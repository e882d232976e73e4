package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.UserDirectoryContract;

/** Every case that all pass, over HTTP; and no request or answer that is not as the contract's document says. */
@Timeout(120)
class HttpUserDirectoryTest extends UserDirectoryContract {

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
    protected UserDirectory users() {
        return product.services().users();
    }

    @Override
    protected void put(TenantId tenant, UserId user, String profile, String progress) {
        product.fakes().users().put(tenant, user, profile, progress);
    }
}
