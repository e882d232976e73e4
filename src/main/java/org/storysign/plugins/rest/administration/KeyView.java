package org.storysign.plugins.rest.administration;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.security.ApiKey;

/**
 * A key without its secret.
 *
 * @param lastUsedAt to about a minute; null when it never was
 */
public record KeyView(
        String id,
        String name,
        List<String> roles,
        List<String> plugins,
        String users,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    static KeyView of(ApiKey key) {
        return new KeyView(
                key.id().toString(),
                key.name(),
                key.roles().stream().map(Role::publicName).sorted().toList(),
                key.plugins().stream().map(PluginId::value).sorted().toList(),
                publicName(key.users()),
                key.createdAt(),
                key.expiresAt().orElse(null),
                key.revokedAt().orElse(null),
                key.lastUsedAt().orElse(null));
    }

    static String publicName(ApiKey.Users users) {
        return users.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
