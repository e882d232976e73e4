package org.storysign.plugins.rest.administration;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.TenantPolicy;
import org.storysign.plugins.plugin.Tenants;

/**
 * A tenant and its policy.
 *
 * @param mostPlugins null for any number
 * @param revision of the policy, its ETag; 0 when nobody wrote one
 */
public record TenantView(
        String tenant,
        Instant createdAt,
        String usualLevel,
        String loosestLevel,
        List<String> neverGranted,
        @Nullable Integer mostPlugins,
        long revision) {

    static TenantView of(Tenants.Tenant tenant) {
        TenantPolicy policy = tenant.policy();
        return new TenantView(
                tenant.id().value(),
                tenant.createdAt(),
                policy.usual().publicName(),
                policy.loosest().publicName(),
                policy.never().stream().map(PermissionName::publicName).sorted().toList(),
                policy.mostPlugins().isPresent() ? policy.mostPlugins().getAsInt() : null,
                policy.revision());
    }
}
