package org.storysign.plugins.platform.dry;

import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** Changes a copy of the user, which is thrown away. */
record DryUserDirectory(UserDirectory users) implements UserDirectory {

    @Override
    public Optional<UserRecord> find(TenantId tenant, UserId user, Duration timeout) {
        return users.find(tenant, user, timeout);
    }

    @Override
    public Preferences prefer(TenantId tenant, UserId user, PreferencePatch patch, Duration timeout) {
        InMemoryUsers copy = new InMemoryUsers();
        users.find(tenant, user, timeout).ifPresent(present -> copy.put(tenant, user, present));
        return copy.prefer(tenant, user, patch, timeout);
    }
}
