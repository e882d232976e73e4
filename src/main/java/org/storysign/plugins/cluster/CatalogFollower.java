package org.storysign.plugins.cluster;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogRevision;
import org.storysign.plugins.plugin.LoadGuard;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginLifecycle;
import org.storysign.plugins.plugin.quarantine.QuarantineTurns;

/**
 * Keeps this process's catalogue as new as the stored one: at a hint, which may be lost, and every two seconds by looking at the
 * revisions, which are the truth. Gives up the expired leases of processes that died while enabling. Safe for concurrent use.
 */
@Singleton
public final class CatalogFollower {

    /** How often expired leases are looked for. */
    static final Duration LEASE_CHECK = Duration.ofSeconds(15);

    private static final System.Logger LOG = System.getLogger(CatalogFollower.class.getName());

    private final ChangeFeed feed;
    private final PluginCatalog catalog;
    private final PluginLifecycle lifecycle;
    private final QuarantineTurns quarantine;
    private final LoadGuard loads;
    private final Clock clock;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile Instant leasesCheckedAt = Instant.EPOCH;

    @Inject
    public CatalogFollower(
            ChangeFeed feed,
            PluginCatalog catalog,
            PluginLifecycle lifecycle,
            QuarantineTurns quarantine,
            LoadGuard loads,
            Clock clock) {
        this.feed = feed;
        this.catalog = catalog;
        this.lifecycle = lifecycle;
        this.quarantine = quarantine;
        this.loads = loads;
        this.clock = clock;
    }

    /**
     * Begins to listen and loads every tenant; completes when all are loaded, and then the catalogue says so. When the database
     * cannot be read now it fails, and a later {@link #poll} does the loading.
     */
    public Uni<Void> start() {
        return Uni.createFrom().deferred(() -> {
            if (started.compareAndSet(false, true)) {
                feed.listen(this::hinted);
            }
            return catchUp();
        });
    }

    /** Looks at the revisions and refreshes what is behind. Does nothing before {@link #start}, or while it is at it already. */
    @Scheduled(
            every = "${storysign.catalog.poll-interval:2s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> poll() {
        return Uni.createFrom().deferred(() -> {
            if (!started.get() || !polling.compareAndSet(false, true)) {
                return Uni.createFrom().voidItem();
            }
            return catchUp()
                    .onFailure()
                    .invoke(failure -> warn("catalogue revisions cannot be read", failure))
                    .onFailure()
                    .recoverWithNull()
                    .eventually(() -> polling.set(false));
        });
    }

    /** Says that this process lives while it loads modules, however long a {@link #poll} takes. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renewLoads() {
        return loads.renew();
    }

    private Uni<Void> catchUp() {
        return feed.revisions()
                .call(revisions -> eachTenant(revisions.stream()
                        .filter(this::isBehind)
                        .map(CatalogRevision::tenant)
                        .toList()))
                .invoke(revisions -> {
                    if (revisions.stream().noneMatch(this::isBehind)) {
                        catalog.markLoaded();
                    }
                })
                .flatMap(this::giveUpExpiredLeases);
    }

    private Uni<Void> eachTenant(List<TenantId> tenants) {
        return Multi.createFrom()
                .iterable(tenants)
                .onItem()
                .transformToUniAndConcatenate(this::refresh)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** One tenant that cannot be refreshed keeps no other from being. */
    private Uni<Boolean> refresh(TenantId tenant) {
        return catalog.refresh(tenant)
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> warn("catalogue cannot be refreshed tenant=" + tenant, failure))
                .onFailure()
                .recoverWithItem(false);
    }

    private boolean isBehind(CatalogRevision stored) {
        return catalog.current(stored.tenant()).revision() < stored.revision();
    }

    private void hinted(TenantId tenant) {
        feed.revisions()
                .flatMap(revisions -> eachTenant(revisions.stream()
                        .filter(stored -> stored.tenant().equals(tenant) && isBehind(stored))
                        .map(CatalogRevision::tenant)
                        .toList()))
                .subscribe()
                .with(done -> {}, failure -> warn("catalogue hint cannot be followed tenant=" + tenant, failure));
    }

    private Uni<Void> giveUpExpiredLeases(List<CatalogRevision> revisions) {
        Instant now = clock.instant();
        if (now.isBefore(leasesCheckedAt.plus(LEASE_CHECK))) {
            return Uni.createFrom().voidItem();
        }
        leasesCheckedAt = now;
        return Multi.createFrom()
                .iterable(revisions)
                .onItem()
                .transformToUniAndConcatenate(each -> lifecycle
                        .abandonExpired(each.tenant())
                        .flatMap(abandoned -> quarantine.lookAt(each.tenant()))
                        .onFailure()
                        .invoke(failure ->
                                warn("leases and quarantines cannot be looked at tenant=" + each.tenant(), failure))
                        .onFailure()
                        .recoverWithItem(0))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static void warn(String sentence, Throwable failure) {
        LOG.log(System.Logger.Level.WARNING, sentence, failure);
    }
}
