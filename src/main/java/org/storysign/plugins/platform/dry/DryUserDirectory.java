package org.storysign.plugins.platform.dry;

import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** Changes a copy of the user, which is thrown away. */
record DryUserDirectory(UserDirectory users) implements UserDirectory {

    @Override
    public Optional<UserRecord> find(Whose whose, Duration timeout) {
        return users.find(whose, timeout);
    }

    @Override
    public Preferences prefer(Whose whose, PreferencePatch patch, Duration timeout) {
        InMemoryUsers copy = new InMemoryUsers();
        users.find(whose, timeout).ifPresent(present -> copy.put(whose.tenant(), whose.user(), present));
        return copy.prefer(whose, patch, timeout);
    }
}
