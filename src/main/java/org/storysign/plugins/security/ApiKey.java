package org.storysign.plugins.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;

/**
 * A key as it is kept: never its secret, only that secret's SHA-256.
 *
 * @param plugins the plugins it is limited to; empty for all
 * @param lastUsedAt within about a minute; empty when it never was
 * @param users whether calls with it may name any user
 */
public record ApiKey(
        UUID id,
        TenantId tenant,
        String name,
        String secretHash,
        Set<Role> roles,
        Set<PluginId> plugins,
        Users users,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt) {

    public ApiKey {
        roles = Set.copyOf(roles);
        plugins = Set.copyOf(plugins);
    }

    public boolean isValidAt(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /** Which users a call may name. */
    public enum Users {
        ANY,
        AS_TOKEN
    }
}
