package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.Tenants;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Whether a caller's tenant is there, where tenants are not made by their first use. Safe for concurrent use. */
@ApplicationScoped
public class TenantAdmission {

    private static final int MOST = 10_000;

    private final Tenants tenants;
    private final TenantConfig.OnFirstUse onFirstUse;

    /** No tenant ever goes, so what was there once need not be asked for again. */
    private final Recent<TenantId, Boolean> there = new Recent<>(MOST);

    @Inject
    public TenantAdmission(Tenants tenants, TenantConfig config) {
        this.tenants = tenants;
        this.onFirstUse = config.onFirstUse();
    }

    /** Fails with {@code tenant-not-found}. */
    Uni<Caller> admit(Caller caller) {
        TenantId tenant = caller.actor().tenant();
        if (onFirstUse == TenantConfig.OnFirstUse.CREATE || there.peek(tenant) != null) {
            return Uni.createFrom().item(caller);
        }
        return tenants.exists(tenant).map(found -> {
            if (!found) {
                throw new ProblemException(
                        ProblemCode.TENANT_NOT_FOUND,
                        "There is no tenant `" + tenant + "`; POST /api/plugins/tenants makes it.");
            }
            there.put(tenant, true);
            return caller;
        });
    }
}
