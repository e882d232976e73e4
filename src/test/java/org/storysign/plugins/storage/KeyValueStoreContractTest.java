package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.KeyValueStoreContract;

@ServiceTest
class KeyValueStoreContractTest extends KeyValueStoreContract {

    @Inject
    PostgresKeyValueStore store;

    @Override
    protected KeyValueStore store() {
        return store;
    }

    /** The database's clock cannot be set, but what it is compared with can. */
    @Override
    protected void letPass(Duration time) {
        try {
            Rows.change("UPDATE plugin_data SET expires_at = expires_at - interval '" + time.toMillis()
                    + " milliseconds' WHERE tenant = '" + tenant + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
