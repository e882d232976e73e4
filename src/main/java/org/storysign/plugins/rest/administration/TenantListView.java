package org.storysign.plugins.rest.administration;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.Tenants;

/** A page of tenants. */
public record TenantListView(List<Entry> tenants, @Nullable String nextCursor) {

    /** One of them. */
    public record Entry(String tenant, Instant createdAt) {
        static Entry of(Tenants.Listed listed) {
            return new Entry(listed.id().value(), listed.createdAt());
        }
    }
}
