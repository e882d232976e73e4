package org.storysign.plugins.plugin;

import org.storysign.plugins.identity.TenantId;

class InMemoryPublisherKeysTest extends PublisherKeysContract {

    private final InMemoryPublisherKeys keys = new InMemoryPublisherKeys();

    @Override
    protected PublisherKeys keys() {
        return keys;
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
