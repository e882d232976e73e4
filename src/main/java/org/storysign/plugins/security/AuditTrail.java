package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.identity.TenantId;

/** Port: reads the audit trail. Nobody writes through here: every change writes its own entry. */
public interface AuditTrail {

    /** Entries with a smaller number than {@code before}, the newest first, at most {@code limit}. */
    Uni<List<RecordedEntry>> page(TenantId tenant, OptionalLong before, int limit);

    /** The first entry that does not fit the one before it: somebody tampered with the trail. Empty when all do. */
    Uni<Optional<Long>> firstBreak(TenantId tenant);

    /**
     * An entry as it is kept.
     *
     * @param sequence 1, 2, 3 … within the tenant
     * @param action public name
     * @param facts JSON object
     * @param hash over this entry and the one before, lower-case hexadecimal
     */
    record RecordedEntry(
            long sequence, Instant at, String actor, String action, String subject, String facts, String hash) {}
}
