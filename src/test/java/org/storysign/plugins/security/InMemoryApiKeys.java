package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;

/** A store of keys that forgets, and counts how often it is asked. */
final class InMemoryApiKeys implements ApiKeyStore {

    private final Map<UUID, ApiKey> keys = new LinkedHashMap<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private int lookups;
    private int uses;

    @Override
    public Uni<Optional<ApiKey>> findByHash(String secretHash) {
        lookups++;
        return Uni.createFrom()
                .item(keys.values().stream()
                        .filter(key -> key.secretHash().equals(secretHash))
                        .findFirst());
    }

    @Override
    public Uni<List<ApiKey>> list(TenantId tenant) {
        return Uni.createFrom()
                .item(keys.values().stream()
                        .filter(key -> key.tenant().equals(tenant))
                        .toList());
    }

    @Override
    public Uni<Void> create(ApiKey key, AuditEntry entry) {
        keys.put(key.id(), key);
        audit.add(entry);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Boolean> revoke(TenantId tenant, UUID id, AuditEntry entry) {
        ApiKey key = keys.get(id);
        if (key == null || !key.tenant().equals(tenant) || key.revokedAt().isPresent()) {
            return Uni.createFrom().item(false);
        }
        keys.put(id, revoked(key));
        audit.add(entry);
        return Uni.createFrom().item(true);
    }

    private static ApiKey revoked(ApiKey key) {
        return new ApiKey(
                key.id(),
                key.tenant(),
                key.name(),
                key.secretHash(),
                key.roles(),
                key.plugins(),
                key.users(),
                key.createdAt(),
                key.expiresAt(),
                Optional.of(Instant.EPOCH),
                key.lastUsedAt());
    }

    @Override
    public Uni<Void> used(TenantId tenant, UUID id) {
        uses++;
        return Uni.createFrom().voidItem();
    }

    int uses() {
        return uses;
    }

    List<AuditEntry> audit() {
        return audit;
    }

    int lookups() {
        return lookups;
    }
}
