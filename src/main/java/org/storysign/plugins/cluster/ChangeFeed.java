package org.storysign.plugins.cluster;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Consumer;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogRevision;

/**
 * Port: tells which tenants' catalogues changed. Hints may be lost, doubled or late; {@link #revisions} is the truth, so a listener
 * polls as well.
 */
public interface ChangeFeed {

    /** Every tenant and its present revision. */
    Uni<List<CatalogRevision>> revisions();

    /** Calls {@code hint} soon after a change, and after every reconnection with every tenant. */
    void listen(Consumer<TenantId> hint);
}
