package org.storysign.plugins.platform;

class InMemoryAiLedgerTest extends AiLedgerContract {

    private final AiLedger ledger = new InMemoryAiLedger();

    @Override
    protected AiLedger ledger() {
        return ledger;
    }
}
