package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.audit.AuditRecord;
import org.storysign.plugins.identity.TenantId;

/** Port: reads the audit trail. Nobody writes through here: every change writes its own entry. */
public interface AuditTrail {

    /** Entries with a smaller number than {@code before}, the newest first, at most {@code limit}. */
    Uni<List<AuditRecord>> page(TenantId tenant, OptionalLong before, int limit);

    /** Entries with a larger number than {@code after}, the oldest first, at most {@code limit}. */
    Uni<List<AuditRecord>> following(TenantId tenant, long after, int limit);

    /** The first entry that does not fit the one before it: somebody tampered with the trail. Empty when all do. */
    Uni<Optional<Long>> firstBreak(TenantId tenant);
}
