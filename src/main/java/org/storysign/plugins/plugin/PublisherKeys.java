package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.signature.TrustedKey;

/**
 * Port: the keys a tenant trusts. Every change is one transaction with its audit entry and a step of the catalogue's revision, since what
 * serves may depend on it. Fails with {@code ProblemException} {@code database-unavailable}.
 */
public interface PublisherKeys {

    /** Every key that was ever trusted, in the order in which they were added. */
    Uni<List<TrustedKey>> list(TenantId tenant);

    /** The key as it is kept: another than the given one when the tenant knew it already; then nothing changed. */
    Uni<TrustedKey> add(TenantId tenant, TrustedKey key, AuditEntry audit);

    /** Revokes it now. The key as it is kept, revoked now or before; empty when there is none of this fingerprint. */
    Uni<Optional<TrustedKey>> revoke(TenantId tenant, Digest fingerprint, AuditEntry audit);
}
