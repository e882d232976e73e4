package org.storysign.plugins.storage;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.UserDirectoryContract;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.records.UserRecords;

@ServiceTest
class UserDirectoryContractTest extends UserDirectoryContract {

    @Inject
    PostgresUserDirectory users;

    @Inject
    PostgresUserRecords records;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    @Override
    protected TenantId tenant() {
        return tenant;
    }

    @Override
    protected TenantId otherTenant() {
        return otherTenant;
    }

    @Override
    protected UserDirectory users() {
        return users;
    }

    @Override
    protected void put(TenantId which, UserId user, String profile, String progress) {
        records.put(
                        which,
                        user,
                        new UserRecords.Update(Optional.of(profile), Optional.of(progress), Optional.empty()),
                        new WriteCondition.Always())
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
