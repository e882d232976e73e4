package org.storysign.plugins.platform;

import org.storysign.plugins.identity.TenantId;

class InMemoryAiLedgerTest extends AiLedgerContract {

    private final AiLedger ledger = new InMemoryAiLedger();

    @Override
    protected AiLedger ledger() {
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
