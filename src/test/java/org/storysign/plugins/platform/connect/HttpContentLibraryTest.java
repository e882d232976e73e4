package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.ContentLibraryContract;

/** Every case that all pass, over HTTP; and no request or answer that is not as the contract's document says. */
@Timeout(120)
class HttpContentLibraryTest extends ContentLibraryContract {

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
    protected ContentLibrary library() {
        return product.services().content();
    }

    @Override
    protected void put(TenantId tenant, String id, ContentDraft draft) {
        product.fakes().content().put(tenant, id, draft);
    }
}
