package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.FileStore;
import org.storysign.plugins.platform.FileStoreContract;

@ServiceTest
class PostgresFileStoreTest extends FileStoreContract {

    @Inject
    PostgresFileStore files;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId other = Tenants.fresh();

    @Override
    protected FileStore store() {
        return files;
    }

    @Override
    protected TenantId tenant() {
        return tenant;
    }

    @Override
    protected TenantId otherTenant() {
        return other;
    }

    @Test
    void what_files_take_is_in_the_same_sum_as_what_keys_take() throws SQLException {
        create("a");
        write("a", 0, "hello");

        assertThat(Rows.text("SELECT keys || ' ' || bytes FROM plugin_usage WHERE tenant = '" + tenant + "'"))
                .isEqualTo("1 6");
    }
}
