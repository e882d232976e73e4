package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Who needs whom among a tenant's plugins. Safe for concurrent use. */
@Singleton
public final class Dependencies {

    /** A plan of more plugins is not made: nobody could read it. */
    static final int MOST = 200;

    private final PluginStore store;
    private final CatalogStore catalogs;

    @Inject
    public Dependencies(PluginStore store, CatalogStore catalogs) {
        this.store = store;
        this.catalogs = catalogs;
    }

    /** Of a plugin's active release, for people to look at: what it needs too much of is not looked for. */
    public Uni<DependencyPlan> plan(Plugin plugin) {
        PluginManifest manifest = plugin.active().manifest();
        DependencyPlan nothing =
                new DependencyPlan(plugin.id().value(), manifest.version().value(), List.of(), List.of());
        return manifest.dependencies().isEmpty()
                ? Uni.createFrom().item(nothing)
                : plan(plugin.tenant(), manifest)
                        .onFailure(failure -> failure instanceof ProblemException problem
                                && problem.code() == ProblemCode.REQUEST_INVALID)
                        .recoverWithItem(nothing);
    }

    /** What has to happen before this release can be enabled. Fails with {@code request-invalid} when it needs more than 200 plugins. */
    public Uni<DependencyPlan> plan(TenantId tenant, PluginManifest wanted) {
        return catalogs.read(tenant).flatMap(stored -> {
            Map<PluginId, Dependency> known = new HashMap<>();
            stored.enabled().forEach(plugin -> known.put(plugin.id(), Dependency.of(plugin, List.of())));
            Dependency root = Dependency.of(wanted, false, List.of(wanted.version()));
            Map<PluginId, Dependency> closure = new HashMap<>(Map.of(root.id(), root));
            return gather(tenant, root.needs().keySet(), closure).map(all -> {
                known.putAll(all);
                return new DependencyResolver(known.values()).plan(root);
            });
        });
    }

    /** Adds those and what they need in turn. */
    private Uni<Map<PluginId, Dependency>> gather(
            TenantId tenant, Collection<PluginId> ids, Map<PluginId, Dependency> closure) {
        List<PluginId> missing =
                ids.stream().filter(id -> !closure.containsKey(id)).sorted().toList();
        if (missing.isEmpty()) {
            return Uni.createFrom().item(closure);
        }
        if (closure.size() + missing.size() > MOST) {
            return Uni.createFrom()
                    .failure(() -> new ProblemException(
                            ProblemCode.REQUEST_INVALID, "the plugin needs more than " + MOST + " others"));
        }
        Set<PluginId> next = new TreeSet<>();
        return Multi.createFrom()
                .iterable(missing)
                .onItem()
                .transformToUniAndConcatenate(id -> dependency(tenant, id))
                .filter(found -> !found.isEmpty())
                .invoke(found -> found.forEach(each -> {
                    closure.put(each.id(), each);
                    next.addAll(each.needs().keySet());
                }))
                .collect()
                .last()
                .flatMap(last -> {
                    next.removeAll(missing);
                    return gather(tenant, next, closure);
                });
    }

    private Uni<List<Dependency>> dependency(TenantId tenant, PluginId id) {
        return store.find(tenant, id)
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : store.releases(tenant, id)
                                .map(releases -> List.of(Dependency.of(
                                        found.get(),
                                        releases.stream()
                                                .map(release ->
                                                        release.manifest().version())
                                                .toList()))));
    }

    /** Fails with {@code plugin-state-conflict}, naming all of them, while plugins that serve need this one. */
    static void requireUnneeded(PluginId id, List<Plugin> enabled) {
        List<PluginId> needing = new DependencyResolver(enabled.stream()
                        .map(plugin -> Dependency.of(plugin, List.of()))
                        .toList())
                .dependents(id);
        if (!needing.isEmpty()) {
            List<String> names = needing.stream().map(PluginId::value).toList();
            throw new ProblemException(
                    ProblemCode.PLUGIN_STATE_CONFLICT,
                    "plugin `" + id + "` is needed by plugins that are enabled; disable first, in this order: "
                            + String.join(
                                    ", ",
                                    names.stream().map(name -> "`" + name + "`").toList()),
                    Map.of(FactKey.PLUGIN, id.value(), FactKey.DEPENDENCIES, names));
        }
    }

    /** The same of a plugin that would go to another release: whether all who serve and need it are content with that. */
    static void requireFits(Plugin wanted, List<Plugin> enabled) {
        new DependencyResolver(enabled.stream()
                        .filter(plugin -> !plugin.id().equals(wanted.id()))
                        .map(plugin -> Dependency.of(plugin, List.of()))
                        .toList())
                .plan(new Dependency(wanted.id(), wanted.active().manifest().version(), Map.of(), false, List.of()))
                .require();
    }

    /**
     * Whether all that a plugin needs serves now, in versions that fit: asked again in the transaction that makes it serve. What serves has what
     * it needs in turn.
     */
    public static boolean isServed(Plugin wanted, List<Plugin> enabled) {
        return new DependencyResolver(enabled.stream()
                        .filter(plugin -> !plugin.id().equals(wanted.id()))
                        .map(plugin -> Dependency.of(plugin, List.of()))
                        .toList())
                .plan(Dependency.of(wanted.active().manifest(), false, List.of()))
                .holds();
    }
}
