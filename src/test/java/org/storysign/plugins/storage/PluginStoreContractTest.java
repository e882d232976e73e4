package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.plugin.CatalogStore;
import org.storysign.plugins.plugin.PluginStore;
import org.storysign.plugins.plugin.PluginStoreContract;

@ServiceTest
class PluginStoreContractTest extends PluginStoreContract {

    @Inject
    PostgresPluginStore store;

    @Inject
    PostgresCatalogStore catalogs;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    @Override
    protected PluginStore store() {
        return store;
    }

    @Override
    protected CatalogStore catalogs() {
        return catalogs;
    }

    @Override
    protected TenantId tenant() {
        return tenant;
    }

    @Override
    protected TenantId otherTenant() {
        return otherTenant;
    }
}
