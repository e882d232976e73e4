package org.storysign.plugins.audit;

import java.time.Instant;
import org.storysign.plugins.identity.TenantId;

/**
 * An entry as it is kept in its tenant's chain.
 *
 * @param sequence 1, 2, 3 … within the tenant
 * @param at when, to the microsecond
 * @param actor the name of who did it
 * @param action public name
 * @param facts a JSON object, as text to the letter
 * @param hash over the hash of the entry before and this one, lower-case hexadecimal ({@link AuditChain})
 */
public record AuditRecord(
        TenantId tenant,
        long sequence,
        Instant at,
        String actor,
        String action,
        String subject,
        String facts,
        String hash) {}
