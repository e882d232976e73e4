package org.storysign.plugins.kit;

import java.util.UUID;
import org.storysign.plugins.identity.TenantId;

/** Tenants that no other test uses. */
public final class Tenants {

    private Tenants() {}

    public static TenantId fresh() {
        return new TenantId("t-" + UUID.randomUUID());
    }
}
