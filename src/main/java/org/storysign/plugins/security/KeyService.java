package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;

/** Makes, lists and revokes API keys. */
@ApplicationScoped
public class KeyService {

    /** How long a key lives when nobody says; no key lives for ever. */
    public static final Duration USUAL_LIFE = Duration.ofDays(365);

    private final ApiKeyStore store;
    private final KeyCache cache;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public KeyService(ApiKeyStore store, KeyCache cache, Clock clock) {
        this.store = store;
        this.cache = cache;
        this.clock = clock;
    }

    /** A key and its secret; nobody can get the secret a second time. */
    public record CreatedKey(ApiKey key, KeySecret secret) {}

    /** Makes a key for the actor's tenant. */
    public Uni<CreatedKey> create(KeyRequest request, Actor actor) {
        KeySecret secret = KeySecret.generate(random);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ApiKey key = new ApiKey(
                UUID.randomUUID(),
                actor.tenant(),
                request.name(),
                secret.hash(),
                request.roles(),
                request.plugins(),
                request.users(),
                now,
                Optional.of(request.expiresAt().orElseGet(() -> now.plus(USUAL_LIFE))),
                Optional.empty(),
                Optional.empty());
        return store.create(key, new AuditEntry(actor, AuditAction.KEY_CREATE, subject(key.id()), facts(key)))
                .invoke(cache::forgetAll)
                .replaceWith(new CreatedKey(key, secret));
    }

    public Uni<List<ApiKey>> list(TenantId tenant) {
        return store.list(tenant);
    }

    /** Revokes a key of the actor's tenant, on this process at once; false when there is no such key or it was revoked before. */
    public Uni<Boolean> revoke(UUID id, Actor actor) {
        return store.revoke(actor.tenant(), id, new AuditEntry(actor, AuditAction.KEY_REVOKE, subject(id), Map.of()))
                .invoke(cache::forgetAll);
    }

    private static String subject(UUID id) {
        return "key:" + id;
    }

    private static Map<String, Object> facts(ApiKey key) {
        return Map.of(
                "name", key.name(),
                "roles", key.roles().stream().map(Role::publicName).sorted().toList(),
                "plugins", key.plugins().stream().map(PluginId::value).sorted().toList(),
                "expires_at", key.expiresAt().map(Instant::toString).orElse(""));
    }

    /**
     * What a key shall be.
     *
     * @param name 1 to 100 characters, for people and the audit trail
     * @param roles at least one; not {@link Role#ADMIN}, which only the platform's own key has, and not {@link Role#USER}
     * @param plugins the plugins it is limited to; empty for all
     * @param expiresAt after {@link #USUAL_LIFE} when it is empty
     */
    public record KeyRequest(
            String name, Set<Role> roles, Set<PluginId> plugins, ApiKey.Users users, Optional<Instant> expiresAt) {

        public static final int LONGEST_NAME = 100;

        public KeyRequest {
            roles = Set.copyOf(roles);
            plugins = Set.copyOf(plugins);
            if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "a key's name has 1 to " + LONGEST_NAME + " characters and no control characters");
            }
            if (roles.isEmpty() || roles.contains(Role.ADMIN) || roles.contains(Role.USER)) {
                throw new IllegalArgumentException(
                        "a key has at least one of the roles viewer, author, installer, operator, auditor, caller");
            }
        }
    }
}
