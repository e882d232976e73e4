package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ConfusedDeputyContract;
import org.storysign.plugins.platform.PlatformServices;

/** Every case that all pass, over HTTP; and no request or answer that is not as the contract's document says. */
@Timeout(120)
class ConfusedDeputyOverHttpTest extends ConfusedDeputyContract {

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
    protected PlatformServices services() {
        return product.services();
    }

    @Override
    protected void putUser(TenantId tenant, UserId user, String profile, String progress) {
        product.fakes().users().put(tenant, user, profile, progress);
    }

    @Override
    protected List<String> told(TenantId tenant, UserId user) {
        return product.fakes().notifications().told().stream()
                .filter(told -> told.to().tenant().equals(tenant))
                .filter(told -> told.to().user().equals(Optional.of(user)))
                .map(told -> told.to().plugin() + " " + told.notice().title())
                .toList();
    }
}
