package org.storysign.plugins.security;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.UserReach;

/**
 * Who sent a request, and how far their key reaches.
 *
 * @param plugins the plugins the key is limited to; empty for all of the tenant's
 * @param users whether the request may name any user of the product
 * @param key the key it was sent with; empty for the platform's own and for user tokens
 * @param user the token of the user it was sent with, if it was sent by one
 */
public record Caller(
        Actor actor, Set<PluginId> plugins, ApiKey.Users users, Optional<UUID> key, Optional<UserToken> user) {

    public Caller {
        plugins = Set.copyOf(plugins);
    }

    /** Of which users plugins may speak that this caller calls. */
    public UserReach reach() {
        return switch (users) {
            case ANY -> UserReach.ANY_USER;
            case AS_TOKEN -> UserReach.CALLS_USER;
        };
    }

    /** Whether it is the platform's own key, which acts in any tenant and for all of them. */
    public boolean isPlatform() {
        return key.isEmpty() && user.isEmpty() && actor.name().equals(KeyAuthenticator.PLATFORM);
    }

    public boolean isLimitedToPlugins() {
        return !plugins.isEmpty();
    }

    public boolean reaches(PluginId plugin) {
        return plugins.isEmpty() || plugins.contains(plugin);
    }
}
