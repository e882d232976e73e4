package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.platform.AiLedger;
import org.storysign.plugins.platform.AiLedgerContract;

@ServiceTest
class AiLedgerContractTest extends AiLedgerContract {

    @Inject
    PostgresAiLedger ledger;

    @Override
    protected AiLedger ledger() {
        return ledger;
    }
}
