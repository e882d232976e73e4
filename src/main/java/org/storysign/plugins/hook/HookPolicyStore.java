package org.storysign.plugins.hook;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.HookName;

/** Port: keeps the hooks' policies. A change steps the tenant's catalogue revision. */
public interface HookPolicyStore {

    Uni<Map<HookName, HookPolicy>> all(TenantId tenant);

    /** Replaces the policy if the stored revision is still {@code policy.revision()}; empty when it is not. */
    Uni<Optional<HookPolicy>> replace(TenantId tenant, HookName hook, HookPolicy policy, AuditEntry audit);
}
