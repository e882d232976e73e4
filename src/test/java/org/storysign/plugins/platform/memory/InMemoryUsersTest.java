package org.storysign.plugins.platform.memory;

import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.UserDirectoryContract;

class InMemoryUsersTest extends UserDirectoryContract {

    private final InMemoryUsers users = new InMemoryUsers();

    @Override
    protected UserDirectory users() {
        return users;
    }

    @Override
    protected TenantId tenant() {
        return TenantId.DEFAULT;
    }

    @Override
    protected TenantId otherTenant() {
        return new TenantId("other");
    }

    @Override
    protected void put(TenantId tenant, UserId user, String profile, String progress) {
        users.put(tenant, user, profile, progress);
    }
}
