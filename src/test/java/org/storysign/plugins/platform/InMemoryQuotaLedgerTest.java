package org.storysign.plugins.platform;

class InMemoryQuotaLedgerTest extends QuotaLedgerContract {

    private final QuotaLedger ledger = new InMemoryQuotaLedger();

    @Override
    protected QuotaLedger ledger() {
        return ledger;
    }
}
