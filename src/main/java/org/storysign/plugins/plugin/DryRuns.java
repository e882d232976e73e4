package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.scan.FactFinder;

/** Tells what installing and enabling would do. Stores nothing, audits nothing, runs nothing of the plugin. Safe for concurrent use. */
@Singleton
public final class DryRuns {

    private final StoredPlugins plugins;
    private final PluginInstaller installer;
    private final PluginLoader loader;
    private final KnownModules modules;
    private final Dependencies dependencies;
    private final CatalogStore catalogs;
    private final ConfigCheck configs;

    @Inject
    public DryRuns(
            PluginStore store,
            PluginInstaller installer,
            PluginLoader loader,
            KnownModules modules,
            Dependencies dependencies,
            CatalogStore catalogs,
            ConfigCheck configs) {
        this.plugins = new StoredPlugins(store);
        this.installer = installer;
        this.loader = loader;
        this.modules = modules;
        this.dependencies = dependencies;
        this.catalogs = catalogs;
        this.configs = configs;
    }

    /**
     * Everything {@link PluginLifecycle#enable} would be refused for, missing consent among it, except what only {@code initialize} can tell.
     * Fails with {@code plugin-not-found}.
     */
    public Uni<DryRun> enable(PluginId id, EnableRequest request, Actor actor) {
        List<ProblemException> problems = new ArrayList<>();
        return plugins.find(actor.tenant(), id)
                .flatMap(plugin -> Uni.combine()
                        .all()
                        .unis(
                                modules.use(plugin.tenant(), plugin.active()),
                                plan(plugin, problems),
                                catalogs.policy(plugin.tenant()))
                        .asTuple()
                        .flatMap(known -> Workers.supply(() ->
                                        offer(plugin, new Asked(request, known.getItem3()), known.getItem1(), problems))
                                .call(offer -> load(plugin, offer, problems))
                                .map(offer -> new DryRun(
                                        problems,
                                        Optional.empty(),
                                        offer.map(made -> ConsentSheet.of(plugin, made, known.getItem1())),
                                        known.getItem2()))));
    }

    private Uni<Optional<DependencyPlan>> plan(Plugin plugin, List<ProblemException> problems) {
        return dependencies
                .plan(plugin.tenant(), plugin.active().manifest())
                .map(plan -> {
                    attempt(problems, () -> {
                        plan.require();
                        return plan;
                    });
                    return Optional.of(plan);
                })
                .onFailure(ProblemException.class)
                .recoverWithItem(failure -> note(problems, failure));
    }

    /** What is asked for, and what the tenant allows. */
    private record Asked(EnableRequest request, TenantPolicy policy) {}

    private Optional<EnableOffer> offer(
            Plugin plugin, Asked asked, PermissionUse use, List<ProblemException> problems) {
        Optional<EnableOffer> offer =
                attempt(problems, () -> loader.available(EnableOffer.of(plugin, asked.request(), asked.policy())));
        offer.ifPresent(made -> attempt(problems, () -> made.agreed(asked.request(), plugin, use)));
        attempt(problems, () -> EnableRequirements.check(plugin, configs.open(plugin)));
        offer.ifPresent(made -> attempt(problems, () -> PluginLifecycle.startable(plugin, made)));
        return offer;
    }

    /** Compiles and links as an enable does. */
    private Uni<Void> load(Plugin plugin, Optional<EnableOffer> offer, List<ProblemException> problems) {
        if (offer.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        EnableOffer made = offer.get();
        return loader.load(plugin.with(plugin.state(), made.grants(), made.level(), plugin.consent()))
                .invoke(loaded -> loaded.module().close())
                .replaceWithVoid()
                .onFailure(ProblemException.class)
                .recoverWithItem(failure -> {
                    note(problems, failure);
                    return null;
                });
    }

    /** Everything {@link PluginInstaller#install} would be refused for, and what enabling it would ask for. */
    public Uni<DryRun> install(PluginPackage upload, Actor actor) {
        return installer
                .check(upload)
                .flatMap(check -> check.isAcceptable()
                        ? accepted(upload, check, actor)
                        : Uni.createFrom()
                                .item(new DryRun(check.problems(), check.scan(), Optional.empty(), Optional.empty())));
    }

    private Uni<DryRun> accepted(PluginPackage upload, PackageCheck check, Actor actor) {
        List<ProblemException> problems = new ArrayList<>();
        return installer
                .rehearse(upload, actor)
                .flatMap(checked -> {
                    Release release = installer.release(checked, actor);
                    PermissionUse use = modules.use(
                            release, FactFinder.facts(checked.module().module()));
                    return Uni.combine()
                            .all()
                            .unis(
                                    catalogs.policy(actor.tenant())
                                            .flatMap(policy -> standing(
                                                    release, use, new Place(actor.tenant(), policy), problems)),
                                    dependencies.plan(actor.tenant(), release.manifest()))
                            .asTuple()
                            .map(known -> new DryRun(
                                    problems, check.scan(), known.getItem1(), Optional.of(known.getItem2())));
                })
                .onFailure(ProblemException.class)
                .recoverWithItem(failure -> new DryRun(
                        List.of((ProblemException) failure), check.scan(), Optional.empty(), Optional.empty()));
    }

    private Uni<Optional<ConsentSheet>> standing(
            Release release, PermissionUse use, Place place, List<ProblemException> problems) {
        PluginId id = release.manifest().id();
        return plugins.store()
                .find(place.tenant(), id)
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().item(first(release, use, place))
                        : plugins.store()
                                .releases(place.tenant(), id)
                                .invoke(releases -> requireNew(release, releases, problems))
                                .map(releases -> beside(found.get(), release, use, place.policy())));
    }

    /** Where a release would be. */
    private record Place(TenantId tenant, TenantPolicy policy) {}

    /** Of a plugin that is not there yet. */
    private static Optional<ConsentSheet> first(Release release, PermissionUse use, Place place) {
        Plugin fresh = Plugin.installed(place.tenant(), release, place.policy());
        return attempt(
                new ArrayList<>(), () -> ConsentSheet.of(fresh, EnableOffer.proposed(fresh, place.policy()), use));
    }

    private static Optional<ConsentSheet> beside(
            Plugin plugin, Release release, PermissionUse use, TenantPolicy policy) {
        Plugin next = plugin.with(release);
        return attempt(
                new ArrayList<>(),
                () -> plugin.state() instanceof PluginState.Enabled
                        ? ConsentSheet.of(next, EnableOffer.of(plugin, release, EnableRequest.PLAIN, policy), use)
                        : ConsentSheet.of(next, EnableOffer.proposed(next, policy), use));
    }

    private static void requireNew(Release release, List<Release> releases, List<ProblemException> problems) {
        releases.stream()
                .filter(other ->
                        other.manifest().version().equals(release.manifest().version()))
                .filter(other -> !other.packageDigest().equals(release.packageDigest()))
                .forEach(other -> problems.add(new ProblemException(
                        ProblemCode.VERSION_EXISTS,
                        "plugin `" + release.manifest().id() + "` has version "
                                + release.manifest().version()
                                + " with other content: give the new content a new version",
                        Map.of(FactKey.PLUGIN, release.manifest().id().value()))));
    }

    private static <T> Optional<T> attempt(List<ProblemException> problems, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (ProblemException problem) {
            return note(problems, problem);
        }
    }

    private static <T> Optional<T> note(List<ProblemException> problems, Throwable problem) {
        problems.add((ProblemException) problem);
        return Optional.empty();
    }
}
