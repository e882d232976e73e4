package org.storysign.plugins.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator says of tenants. */
@ConfigMapping(prefix = "storysign.tenants")
public interface TenantConfig {

    /**
     * What becomes of a tenant that is not there, when somebody who may name it does: {@code create} makes it at its first change;
     * {@code refuse} leaves that to {@code POST /tenants}, so that a misspelt name is found out.
     */
    @WithDefault("CREATE")
    OnFirstUse onFirstUse();

    /** Two ways to begin. */
    enum OnFirstUse {
        CREATE,
        REFUSE
    }
}
