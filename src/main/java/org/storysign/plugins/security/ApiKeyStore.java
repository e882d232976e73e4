package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;

/** Port: keeps API keys. */
public interface ApiKeyStore {

    /** When a key was used last is kept no finer. */
    Duration USE_KEPT_EVERY = Duration.ofMinutes(1);

    /** The key whose secret has this hash, in any tenant; revoked and expired ones too. */
    Uni<Optional<ApiKey>> findByHash(String secretHash);

    Uni<List<ApiKey>> list(TenantId tenant);

    Uni<Void> create(ApiKey key, AuditEntry audit);

    /** False when there is no such key or it was revoked before. */
    Uni<Boolean> revoke(TenantId tenant, UUID id, AuditEntry audit);

    /** Keeps that it was used now, unless that was kept within the last {@link #USE_KEPT_EVERY} already. */
    Uni<Void> used(TenantId tenant, UUID id);
}
