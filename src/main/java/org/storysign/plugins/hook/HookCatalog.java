package org.storysign.plugins.hook;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.PluginCatalog;

/** The chains of what is enabled now, kept until the catalogue's snapshot changes. */
@Singleton
public final class HookCatalog {

    @Inject
    public HookCatalog(PluginCatalog catalog, HookPolicyStore policies) {}

    /** The hook's chain; without links when nobody subscribed. */
    public Uni<HookChain> chain(TenantId tenant, HookName hook) {
        throw new IllegalStateException("not built");
    }

    /** Every hook somebody subscribed to, by name. */
    public Uni<List<HookChain>> all(TenantId tenant) {
        throw new IllegalStateException("not built");
    }
}
