package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.AiLedger;
import org.storysign.plugins.platform.AiLedgerContract;

@ServiceTest
class AiLedgerContractTest extends AiLedgerContract {

    @Inject
    PostgresAiLedger ledger;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    @Override
    protected AiLedger ledger() {
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
