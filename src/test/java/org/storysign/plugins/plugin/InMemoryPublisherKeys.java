package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.TrustedKey;

/** Trusted keys in maps, for tests. Can be made to fail. */
public final class InMemoryPublisherKeys implements PublisherKeys {

    private final Map<TenantId, Map<Digest, TrustedKey>> tenants = new LinkedHashMap<>();
    private boolean down;

    /** From now on everything fails as when the database is down. */
    synchronized void setDown() {
        this.down = true;
    }

    @Override
    public Uni<List<TrustedKey>> list(TenantId tenant) {
        return Uni.createFrom().item(() -> List.copyOf(of(tenant).values()));
    }

    @Override
    public Uni<TrustedKey> add(TenantId tenant, TrustedKey key, AuditEntry audit) {
        return Uni.createFrom().item(() -> {
            TrustedKey known = of(tenant).putIfAbsent(key.key().fingerprint(), key);
            return known == null ? key : known;
        });
    }

    @Override
    public Uni<Optional<TrustedKey>> revoke(TenantId tenant, Digest fingerprint, AuditEntry audit) {
        return Uni.createFrom()
                .item(() -> Optional.ofNullable(of(tenant).computeIfPresent(fingerprint, (same, key) -> revoked(key))));
    }

    private static TrustedKey revoked(TrustedKey key) {
        Instant when = key.revokedAt().orElse(Instant.now());
        return new TrustedKey(key.publisher(), key.key(), key.validFrom(), key.expiresAt(), Optional.of(when));
    }

    private synchronized Map<Digest, TrustedKey> of(TenantId tenant) {
        if (down) {
            throw new ProblemException(ProblemCode.DATABASE_UNAVAILABLE, "down");
        }
        return tenants.computeIfAbsent(tenant, key -> new LinkedHashMap<>());
    }
}
