package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.QuotaLedger;
import org.storysign.plugins.platform.QuotaLedgerContract;

@ServiceTest
class QuotaLedgerContractTest extends QuotaLedgerContract {

    @Inject
    PostgresQuotaLedger ledger;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    @Override
    protected QuotaLedger ledger() {
        return ledger;
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
