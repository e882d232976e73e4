package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;

/** Port: the tenants there are and what they may do. None ever goes. */
public interface Tenants {

    /** Its name and since when it is there. */
    record Listed(TenantId id, Instant createdAt) {}

    /** With its policy. */
    record Tenant(TenantId id, Instant createdAt, TenantPolicy policy) {}

    Uni<Boolean> exists(TenantId id);

    /** By name, beginning after {@code after}, at most {@code limit}. */
    Uni<List<Listed>> list(Optional<String> after, int limit);

    Uni<Optional<Tenant>> find(TenantId id);

    /** Makes it with this policy at revision 1; false when it was there before. */
    Uni<Boolean> create(TenantId id, TenantPolicy policy, AuditEntry audit);

    /** Puts this policy in the place of the one of the same revision; empty when that is not the present one. The tenant is there. */
    Uni<Optional<TenantPolicy>> replace(TenantId id, TenantPolicy policy, AuditEntry audit);
}
