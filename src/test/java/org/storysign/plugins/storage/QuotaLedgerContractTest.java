package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.platform.QuotaLedger;
import org.storysign.plugins.platform.QuotaLedgerContract;

@ServiceTest
class QuotaLedgerContractTest extends QuotaLedgerContract {

    @Inject
    PostgresQuotaLedger ledger;

    @Override
    protected QuotaLedger ledger() {
        return ledger;
    }
}
