package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * A plugin's releases and which of them serves (contract, section 4). A release that is brought beside one that serves waits until it is
 * activated; calls that run meanwhile end on the release they began with. Safe for concurrent use.
 */
@Singleton
public final class PluginReleases {

    private final StoredPlugins plugins;
    private final CatalogStore catalogs;
    private final Dependencies dependencies;
    private final PluginCatalog catalog;
    private final PluginLoader loader;
    private final LifecycleCalls guest;
    private final ReleaseSignatures signatures;
    private final ConfigCheck configs;
    private final KnownModules modules;
    private final DigestBlocks blocks;

    @Inject
    public PluginReleases(
            PluginStore store,
            CatalogStore catalogs,
            Dependencies dependencies,
            PluginCatalog catalog,
            PluginLoader loader,
            LifecycleCalls guest,
            ReleaseSignatures signatures,
            ConfigCheck configs,
            KnownModules modules,
            DigestBlocks blocks) {
        this.plugins = new StoredPlugins(store);
        this.catalogs = catalogs;
        this.dependencies = dependencies;
        this.catalog = catalog;
        this.loader = loader;
        this.guest = guest;
        this.signatures = signatures;
        this.configs = configs;
        this.modules = modules;
        this.blocks = blocks;
    }

    /**
     * What is to become active.
     *
     * @param request grants, consent and level; what is not said follows from what the plugin has
     * @param ifRevision the {@link Plugin#revision} that is to be changed
     */
    public record Activation(Version version, EnableRequest request, long ifRevision) {}

    /** Each release and what stands between it and serving, oldest first. Fails with {@code plugin-not-found}. */
    public Uni<List<ReleaseStanding>> list(TenantId tenant, PluginId id) {
        return plugins.find(tenant, id).flatMap(this::list);
    }

    /** The same of a plugin at hand. */
    public Uni<List<ReleaseStanding>> list(Plugin plugin) {
        return plugins.store().releases(plugin.tenant(), plugin.id()).flatMap(releases -> standings(plugin, releases));
    }

    private Uni<List<ReleaseStanding>> standings(Plugin plugin, List<Release> releases) {
        return Uni.combine()
                .all()
                .unis(
                        signatures.of(plugin.tenant()),
                        modules.uses(plugin.tenant(), releases),
                        blocks.list(plugin.tenant()),
                        catalogs.policy(plugin.tenant()))
                .asTuple()
                .map(found -> new ReleaseStanding.Known(
                        found.getItem1(), found.getItem2(), found.getItem3(), found.getItem4()))
                .map(known -> releases.stream()
                        .map(release -> ReleaseStanding.of(plugin, release, known))
                        .toList());
    }

    /**
     * Makes a release the active one, an older one too. Of an enabled plugin it is compiled, tried and initialised first, while the
     * present one serves; a plugin that does not serve only changes its mind. The active one again changes nothing.
     *
     * <p>Fails with {@code plugin-not-found}, {@code not-found} (release), {@code precondition-failed}, {@code consent-required},
     * {@code plugin-state-conflict} (also when an enabled plugin that depends on this one would no longer fit) and what else
     * {@link PluginLifecycle#enable} fails with; then the present release serves as before.
     */
    public Uni<Plugin> activate(PluginId id, Activation wanted, Actor actor) {
        return target(id, wanted, actor).flatMap(change -> {
            if (!change.isAnother()) {
                return Uni.createFrom().item(change.plugin);
            }
            return change.plugin.state() instanceof PluginState.Enabled
                    ? serve(change, wanted.request())
                    : chosen(change, wanted.request())
                            .flatMap(chosen ->
                                    plugins.replace(chosen, change.entry(AuditAction.RELEASE_ACTIVATE, Map.of())));
        });
    }

    /**
     * The plugin as {@link #activate} would leave it, with the release compiled and tried like there, but not initialised. Fails as that does;
     * nothing changes.
     */
    public Uni<Plugin> preview(PluginId id, Activation wanted, Actor actor) {
        return target(id, wanted, actor)
                .flatMap(change -> change.plugin.state() instanceof PluginState.Enabled && change.isAnother()
                        ? prepare(change, wanted.request())
                                .invoke(ready -> ready.loaded.module().close())
                                .map(Prepared::wanted)
                        : chosen(change, wanted.request()));
    }

    private Uni<Switch> target(PluginId id, Activation wanted, Actor actor) {
        return plugins.find(actor.tenant(), id)
                .invoke(plugin -> requireRevision(plugin, wanted))
                .flatMap(plugin -> plugins.store()
                        .releases(actor.tenant(), id)
                        .map(releases -> new Switch(plugin, required(plugin, releases, wanted), actor)));
    }

    /** From one release to another, and who wants it. */
    private record Switch(Plugin plugin, Release target, Actor actor) {

        /** Whether it is not the active one already. */
        boolean isAnother() {
            return !target.packageDigest().equals(plugin.active().packageDigest());
        }

        /** Consent, when it is given with this, else that it began. */
        AuditEntry begun(EnableOffer offer) {
            return entry(offer.begunAs(AuditAction.RELEASE_ACTIVATE), offer.begunFacts());
        }

        AuditEntry entry(AuditAction action, Map<String, Object> facts) {
            Map<String, Object> all = new HashMap<>(facts);
            all.put("from", plugin.active().manifest().version().value());
            all.put("version", target.manifest().version().value());
            all.put("package_digest", target.packageDigest().value());
            return StoredPlugins.audit(actor, action, plugin.id(), all);
        }
    }

    /** Of a plugin that does not serve. */
    private Uni<Plugin> chosen(Switch change, EnableRequest request) {
        Plugin plugin = change.plugin;
        if (plugin.state() instanceof PluginState.Enabling) {
            throw StoredPlugins.conflict(plugin, "is being enabled; try again when it is");
        }
        if (!request.isPlain()) {
            String state = plugin.state().publicName();
            throw StoredPlugins.conflict(
                    plugin, "is " + state + "; grants, consent and level are given when it is enabled");
        }
        Plugin chosen = configs.sealedAnew(plugin.with(change.target));
        return blocks.require(plugin.tenant(), change.target)
                .chain(() -> catalogs.read(plugin.tenant()))
                .invoke(stored -> Dependencies.requireFits(chosen, stored.enabled()))
                .replaceWith(chosen);
    }

    /** A release that is ready to take over. */
    private record Prepared(EnableOffer offer, Plugin wanted, EnabledPlugin loaded) {}

    private Uni<Prepared> prepare(Switch change, EnableRequest request) {
        return catalogs.policy(change.plugin.tenant())
                .flatMap(policy -> prepare(
                        change,
                        request,
                        loader.available(EnableOffer.of(change.plugin, change.target, request, policy))));
    }

    private Uni<Prepared> prepare(Switch change, EnableRequest request, EnableOffer offer) {
        Plugin next = configs.sealedAnew(change.plugin.with(change.target));
        return blocks.require(next.tenant(), change.target)
                .chain(() -> modules.use(next.tenant(), change.target))
                .map(use -> next.with(next.state(), offer.grants(), offer.level(), offer.agreed(request, next, use)))
                .flatMap(wanted -> load(wanted).map(loaded -> new Prepared(offer, wanted, loaded)));
    }

    private Uni<EnabledPlugin> load(Plugin wanted) {
        return dependencies
                .plan(wanted.tenant(), wanted.active().manifest())
                .invoke(DependencyPlan::require)
                .flatMap(plan -> Workers.supply(() -> EnableRequirements.check(wanted, configs.open(wanted))))
                .flatMap(met -> loader.load(wanted))
                .call(loaded -> configs.requireOwnWord(wanted)
                        .onFailure()
                        .invoke(() -> loaded.module().close()));
    }

    private Uni<Plugin> serve(Switch change, EnableRequest request) {
        return prepare(change, request)
                .flatMap(ready -> plugins.replace(change.plugin, change.begun(ready.offer))
                        .flatMap(begun -> initialize(begun, ready.loaded, change)
                                .flatMap(done -> plugins.replace(
                                        begun.with(ready.wanted.active())
                                                .completed(ready.wanted.config())
                                                .with(
                                                        begun.state(),
                                                        ready.wanted.grants(),
                                                        ready.wanted.level(),
                                                        ready.wanted.consent()),
                                        stillFits(ready.wanted),
                                        change.entry(AuditAction.RELEASE_ACTIVATE, ready.offer.doneFacts()))))
                        .call(active -> catalog.refresh(active.tenant()))
                        .eventually(() -> ready.loaded.module().close()));
    }

    /** Asked again in the transaction that lets it take over: those who need it, and those it needs. */
    private static PluginStore.EnabledCheck stillFits(Plugin wanted) {
        return enabled -> {
            Dependencies.requireFits(wanted, enabled);
            StoredPlugins.stillServed(wanted).require(enabled);
        };
    }

    private Uni<Void> initialize(Plugin begun, EnabledPlugin loaded, Switch change) {
        return guest.initialize(loaded).onFailure().call(failure -> {
            String kept = StoredPlugins.reason(failure);
            return plugins.store()
                    .replace(begun, change.entry(AuditAction.RELEASE_ACTIVATE_FAILED, Map.of("reason", kept)))
                    .onFailure()
                    .recoverWithNull();
        });
    }

    private static void requireRevision(Plugin plugin, Activation wanted) {
        if (plugin.revision() != wanted.ifRevision()) {
            throw StoredPlugins.stale(plugin.id(), "plugin");
        }
    }

    private static Release required(Plugin plugin, List<Release> releases, Activation wanted) {
        return releases.stream()
                .filter(release -> release.manifest().version().equals(wanted.version()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "plugin `" + plugin.id() + "` has no release "
                                + GuestText.quote(wanted.version().value())
                                + "; it has "
                                + String.join(
                                        ", ",
                                        releases.stream()
                                                .map(release -> release.manifest()
                                                        .version()
                                                        .value())
                                                .toList()),
                        Map.of(FactKey.PLUGIN, plugin.id().value())));
    }
}
