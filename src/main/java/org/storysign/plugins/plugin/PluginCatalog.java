package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.InstancePool;

/** What is enabled now: one immutable snapshot a tenant, replaced as a whole. Safe for concurrent use. */
@Singleton
public final class PluginCatalog {

    private static final System.Logger LOG = System.getLogger(PluginCatalog.class.getName());

    private static final String NOT_ENABLED = "the plugin is not enabled any more";

    private final CatalogStore catalogs;
    private final PluginLoader loader;
    private final RunningCalls calls;
    private final Map<TenantId, Published> published = new ConcurrentHashMap<>();
    private final RefreshQueue refreshes = new RefreshQueue(this::read);
    private final PatientLoads loads;
    private volatile boolean loaded;

    @Inject
    public PluginCatalog(CatalogStore catalogs, PluginLoader loader, RunningCalls calls, LoadTerms terms) {
        this.catalogs = catalogs;
        this.loader = loader;
        this.loads = new PatientLoads(plugin -> loader.load(plugin), terms.patience(), this::refreshLater);
        this.calls = calls;
    }

    private record Published(CatalogSnapshot snapshot, List<LoadFailure> failures) {}

    /** A plugin that serves, or why it cannot. */
    private sealed interface Loaded {
        record Ready(EnabledPlugin plugin) implements Loaded {}

        record Broken(LoadFailure failure) implements Loaded {}
    }

    /** The newest snapshot this process has; an empty one of revision 0 until the tenant was loaded, whoever asks. Never blocks. */
    public CatalogSnapshot current(TenantId tenant) {
        Published present = published.get(tenant);
        return present == null ? new CatalogSnapshot(tenant, 0, Map.of()) : present.snapshot;
    }

    /**
     * Reads what is stored, now or later, and publishes it unless a newer snapshot is there already. One refresh of a tenant runs at a
     * time; the answer is never older than what was stored when this was called.
     */
    public Uni<CatalogSnapshot> refresh(TenantId tenant) {
        return Workers.stage(() -> refreshes.ask(tenant));
    }

    private Uni<CatalogSnapshot> read(TenantId tenant) {
        return catalogs.read(tenant).flatMap(stored -> {
            CatalogSnapshot before = current(tenant);
            return Multi.createFrom()
                    .iterable(stored.enabled())
                    .onItem()
                    .transformToUniAndConcatenate(plugin -> load(plugin, stored.policy(), before))
                    .collect()
                    .asList()
                    .map(all -> publish(tenant, stored, all))
                    .invoke(() -> loads.forgetAllBut(tenant, stored.enabled()));
        });
    }

    /** A plugin that was still being loaded at the last refresh is there. */
    private void refreshLater(TenantId tenant) {
        refresh(tenant)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.log(
                                System.Logger.Level.WARNING,
                                () -> "what was loaded late cannot be published tenant=" + tenant,
                                failure));
    }

    /** A plugin of whichever tenant that serves this package: for what is public and the same for all of them. */
    public Optional<EnabledPlugin> serving(Digest packageDigest) {
        return published.values().stream()
                .flatMap(each -> each.snapshot.all().stream())
                .filter(plugin -> plugin.plugin().active().packageDigest().equals(packageDigest))
                .findFirst();
    }

    /** What one call of it may use: what serves is the truth where it serves; elsewhere, what would be by its manifest and level. */
    public Limits limits(Plugin plugin) {
        return current(plugin.tenant())
                .find(plugin.id())
                .filter(serving -> serving.plugin().revision() == plugin.revision())
                .map(EnabledPlugin::limits)
                .orElseGet(() ->
                        plugin.active().manifest().limits().lower(plugin.level().limits()));
    }

    /** How many plugins of all tenants are in quarantine, as this process knows. */
    public int quarantined() {
        return published.values().stream()
                .mapToInt(each -> each.snapshot.quarantined().size())
                .sum();
    }

    /** Whether every tenant that was there at the start has been loaded once; readiness waits for it. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Told by whoever loads all tenants at the start, when they are. */
    public void markLoaded() {
        loaded = true;
    }

    /** Enabled plugins this process cannot serve, of all tenants. */
    public List<LoadFailure> loadFailures() {
        return published.values().stream()
                .flatMap(each -> each.failures.stream())
                .toList();
    }

    private Uni<Loaded> load(Plugin plugin, TenantPolicy policy, CatalogSnapshot before) {
        Optional<EnabledPlugin> same =
                before.find(plugin.id()).filter(running -> runsTheSame(running.plugin(), plugin));
        return Uni.createFrom()
                .item(plugin)
                .invoke(wanted -> policy.require(wanted.id(), wanted.grants(), wanted.level()))
                .flatMap(wanted ->
                        same.map(running -> loader.stillSigned(wanted, running)).orElseGet(() -> loads.load(wanted)))
                .map(ready -> (Loaded) new Loaded.Ready(ready))
                .onFailure()
                .recoverWithItem(failure -> new Loaded.Broken(failureOf(plugin, failure)));
    }

    private static boolean runsTheSame(Plugin running, Plugin stored) {
        return running.active().packageDigest().equals(stored.active().packageDigest())
                && running.grants().equals(stored.grants())
                && running.level() == stored.level()
                && running.keepsInstances() == stored.keepsInstances();
    }

    private CatalogSnapshot publish(TenantId tenant, StoredCatalog stored, List<Loaded> all) {
        long revision = stored.revision();
        Map<PluginId, EnabledPlugin> plugins = all.stream()
                .filter(Loaded.Ready.class::isInstance)
                .map(ready -> ((Loaded.Ready) ready).plugin())
                .collect(Collectors.toMap(ready -> ready.plugin().id(), Function.identity()));
        List<LoadFailure> failures = all.stream()
                .filter(Loaded.Broken.class::isInstance)
                .map(broken -> ((Loaded.Broken) broken).failure())
                .toList();
        Published next = new Published(new CatalogSnapshot(tenant, revision, plugins, stored.quarantined()), failures);
        plugins.keySet().forEach(id -> calls.allow(tenant, id));
        List<EnabledPlugin> replaced = new ArrayList<>();
        Published now = published.compute(tenant, (key, present) -> {
            boolean newer = present == null || present.snapshot.revision() <= revision;
            if (newer && present != null) {
                replaced.addAll(present.snapshot.all());
            } else if (!newer) {
                replaced.addAll(plugins.values());
            }
            return newer ? next : present;
        });
        replaced.forEach(plugin -> retire(plugin, now.snapshot));
        return now.snapshot;
    }

    /** Stops the calls of what does not serve any more; an upgrade lets them finish. Code and kept instances are let go; running copies go on. */
    private void retire(EnabledPlugin old, CatalogSnapshot now) {
        Optional<EnabledPlugin> successor = now.find(old.plugin().id());
        if (successor.isEmpty()) {
            calls.stop(now.tenant(), old.plugin().id(), NOT_ENABLED);
        }
        if (successor.filter(plugin -> plugin.module() == old.module()).isEmpty()) {
            old.module().close();
        }
        old.pool()
                .filter(pool -> successor
                        .filter(plugin -> plugin.pool().equals(old.pool()))
                        .isEmpty())
                .ifPresent(InstancePool::close);
    }

    private static LoadFailure failureOf(Plugin plugin, Throwable failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "plugin cannot be served tenant=" + plugin.tenant() + " plugin=" + plugin.id(),
                failure);
        return failure instanceof ProblemException problem
                ? new LoadFailure(
                        plugin.tenant(), plugin.id(), plugin.active().moduleDigest(), problem.code(), problem.detail())
                : new LoadFailure(
                        plugin.tenant(),
                        plugin.id(),
                        plugin.active().moduleDigest(),
                        ProblemCode.INTERNAL_ERROR,
                        "the module could not be loaded");
    }
}
