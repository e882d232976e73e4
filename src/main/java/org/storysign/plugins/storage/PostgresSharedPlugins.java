package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginSharing;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.plugin.SharedOffer;
import org.storysign.plugins.plugin.SharedPlugins;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Shared plugins in PostgreSQL, where what crosses tenants is done by functions of the owner. */
@Singleton
public final class PostgresSharedPlugins implements SharedPlugins {

    private final TenantTransactions transactions;
    private final ManifestReader manifests = new ManifestReader();

    @Inject
    PostgresSharedPlugins(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<SharedOffer>> offers(TenantId tenant, Optional<PluginId> after, int limit) {
        return transactions.read(
                tenant,
                () -> select(session -> session.createNativeQuery(
                                        "SELECT * FROM shared_offers(:after, :most)", ReleaseRow.class)
                                .setParameter(
                                        "after", after.map(PluginId::value).orElse(""))
                                .setParameter("most", limit))
                        .flatMap(offered -> beside(tenant, offered)));
    }

    @Override
    public Uni<Optional<SharedOffer>> offer(TenantId tenant, PluginId id) {
        return transactions.read(
                tenant,
                () -> select(session -> session.createNativeQuery(
                                        "SELECT * FROM shared_offers('', NULL) WHERE plugin = :plugin",
                                        ReleaseRow.class)
                                .setParameter("plugin", id.value()))
                        .flatMap(offered -> beside(tenant, offered))
                        .map(offers -> offers.stream().findFirst()));
    }

    private Uni<List<Release>> select(Function<Mutiny.Session, Mutiny.SelectionQuery<ReleaseRow>> query) {
        return Panache.getSession()
                .flatMap(session -> query.apply(session).getResultList())
                .map(rows -> rows.stream().map(row -> row.toRelease(manifests)).toList());
    }

    private Uni<List<SharedOffer>> beside(TenantId tenant, List<Release> offered) {
        List<String> ids =
                offered.stream().map(release -> release.manifest().id().value()).toList();
        return new PluginSelection(tenant, manifests)
                .among(ids)
                .fetch()
                .map(own -> own.stream().collect(Collectors.toMap(Plugin::id, Function.identity())))
                .map(own -> offered.stream()
                        .map(release -> new SharedOffer(
                                release,
                                Optional.ofNullable(own.get(release.manifest().id()))))
                        .toList());
    }

    @Override
    public Uni<OptionalInt> share(PluginId id, Version version, Actor actor) {
        return transactions.acrossTenants(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT shared_offer(:plugin, :version, :who)", Integer.class)
                        .setParameter("plugin", id.value())
                        .setParameter("version", version.value())
                        .setParameter("who", actor.name())
                        .getSingleResultOrNull())
                .map(PostgresSharedPlugins::count));
    }

    @Override
    public Uni<OptionalInt> withdraw(PluginId id, Actor actor) {
        return transactions.acrossTenants(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT shared_withdraw(:plugin, :who)", Integer.class)
                        .setParameter("plugin", id.value())
                        .setParameter("who", actor.name())
                        .getSingleResultOrNull())
                .map(PostgresSharedPlugins::count));
    }

    private static OptionalInt count(@Nullable Integer known) {
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    @Override
    public Uni<Adoption> adopt(TenantId tenant, Release offered, AuditEntry audit) {
        PluginId id = offered.manifest().id();
        PluginRow.Key key = PluginRow.Key.of(tenant, id);
        return transactions.change(
                tenant,
                () -> PluginRow.<PluginRow>findById(key)
                        .flatMap(present -> present == null
                                ? begin(tenant, key, offered)
                                        .map(plugin ->
                                                new Change.OfCatalogue<>(new Adoption(plugin, Novelty.NEW), audit))
                                : known(present, tenant, id)
                                        .map(plugin -> new Change.None<>(new Adoption(plugin, Novelty.KNOWN)))));
    }

    private Uni<Plugin> begin(TenantId tenant, PluginRow.Key key, Release offered) {
        PluginId id = offered.manifest().id();
        return PluginRow.requireRoom(tenant, id)
                .map(policy -> PluginRow.fresh(key, offered, policy))
                .invoke(row -> row.adopted = true)
                .flatMap(row -> row.<PluginRow>persist())
                .chain(Panache::flush)
                .chain(() ->
                        SharedReleases.adopt(id, offered.manifest().version().value()))
                .invoke(there -> {
                    if (!there) {
                        throw PluginSharing.notOffered(id);
                    }
                })
                .chain(() -> load(tenant, id));
    }

    private Uni<Plugin> known(PluginRow present, TenantId tenant, PluginId id) {
        if (!present.adopted) {
            throw new ProblemException(
                    ProblemCode.PLUGIN_SHARED,
                    "this tenant has a plugin of its own under the id `" + id
                            + "`; uninstall that to adopt the shared one",
                    Map.of(FactKey.PLUGIN, id.value()));
        }
        return load(tenant, id);
    }

    private Uni<Plugin> load(TenantId tenant, PluginId id) {
        return new PluginSelection(tenant, manifests).only(id).fetch().map(List::getFirst);
    }
}
