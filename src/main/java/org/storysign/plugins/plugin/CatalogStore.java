package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import org.storysign.plugins.identity.TenantId;

/** Port: what every process reads to serve from. */
public interface CatalogStore {

    /** Revision and enabled plugins of one moment. Fails with {@code ProblemException} {@code database-unavailable}. */
    Uni<StoredCatalog> read(TenantId tenant);

    /** What the tenant's plugins may have at all. */
    default Uni<TenantPolicy> policy(TenantId tenant) {
        return read(tenant).map(StoredCatalog::policy);
    }
}
