package org.storysign.plugins.plugin;

import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;

class InMemoryPluginStoreTest extends PluginStoreContract {

    private final InMemoryPluginStore store = new InMemoryPluginStore(new TestClock());

    @Override
    protected PluginStore store() {
        return store;
    }

    @Override
    protected CatalogStore catalogs() {
        return store;
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
