package org.storysign.plugins.cluster;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogRevision;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginLifecycle;

/**
 * Keeps this process's catalogue as new as the stored one: at once when the change feed hints, and every few seconds by looking at
 * the revisions, since a hint may be lost. Safe for concurrent use.
 */
@Singleton
public final class CatalogFollower {

    private static final Logger LOG = Logger.getLogger(CatalogFollower.class);

    private final ChangeFeed feed;
    private final PluginCatalog catalog;
    private final PluginLifecycle lifecycle;

    @Inject
    public CatalogFollower(ChangeFeed feed, PluginCatalog catalog, PluginLifecycle lifecycle) {
        this.feed = feed;
        this.catalog = catalog;
        this.lifecycle = lifecycle;
    }

    /** Begins to listen. What is stored already is loaded by the first {@link #poll}, without which the service is not ready. */
    void start(@Observes StartupEvent event) {
        feed.listen(this::hint);
    }

    /** Refreshes every tenant that is behind and gives up enablings whose process died. Never fails; the next one tries again. */
    @Scheduled(every = "{storysign.catalog.poll}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> poll() {
        return feed.revisions()
                .flatMap(revisions -> Multi.createFrom()
                        .iterable(revisions)
                        .onItem()
                        .transformToUniAndConcatenate(this::catchUp)
                        .collect()
                        .last())
                .invoke(last -> catalog.markLoaded())
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warn("catalogue revisions cannot be read; serving what is known", failure);
                    return null;
                });
    }

    private Uni<TenantId> catchUp(CatalogRevision stored) {
        TenantId tenant = stored.tenant();
        Uni<?> refreshed = catalog.current(tenant).revision() < stored.revision()
                ? catalog.refresh(tenant)
                : Uni.createFrom().voidItem();
        return refreshed.chain(() -> lifecycle.abandonExpired(tenant)).replaceWith(tenant);
    }

    private void hint(TenantId tenant) {
        catalog.refresh(tenant)
                .subscribe()
                .with(snapshot -> {}, failure -> LOG.warnf(failure, "catalogue cannot be refreshed tenant=%s", tenant));
    }
}
