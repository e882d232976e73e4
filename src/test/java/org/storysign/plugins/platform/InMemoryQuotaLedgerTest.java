package org.storysign.plugins.platform;

import org.storysign.plugins.identity.TenantId;

class InMemoryQuotaLedgerTest extends QuotaLedgerContract {

    private final QuotaLedger ledger = new InMemoryQuotaLedger();

    @Override
    protected QuotaLedger ledger() {
        return ledger;
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
