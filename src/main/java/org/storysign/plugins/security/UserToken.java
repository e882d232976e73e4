package org.storysign.plugins.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;

/**
 * What a signed-in user of the product may do for a short while.
 *
 * @param plugins the plugins it is limited to, as the key was that made it; empty for all
 * @param channels the live channels it may listen to, beside the user's own
 * @param key the key that made it, which ends it when it is revoked; empty for the platform's own
 */
public record UserToken(
        TenantId tenant, UserId user, Set<PluginId> plugins, List<String> channels, Optional<UUID> key) {

    public static final int MOST_CHANNELS = 20;

    public UserToken {
        plugins = Set.copyOf(plugins);
        channels = List.copyOf(channels);
    }

    /** What it is shown as. */
    public enum Kind {
        /** Shown with every request, until it ends. */
        TOKEN,
        /** Shown once. */
        TICKET
    }
}
