package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.SharedPlugins.Adoption;
import org.storysign.plugins.plugin.SharedPlugins.Novelty;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Shares plugins of {@link SharedPlugins#HOME} with all tenants, and adopts them. Safe for concurrent use. */
@Singleton
public final class PluginSharing {

    private final StoredPlugins plugins;
    private final SharedPlugins shared;
    private final DigestBlocks blocks;
    private final PluginCatalog catalog;

    @Inject
    public PluginSharing(PluginStore store, SharedPlugins shared, DigestBlocks blocks, PluginCatalog catalog) {
        this.plugins = new StoredPlugins(store);
        this.shared = shared;
        this.blocks = blocks;
        this.catalog = catalog;
    }

    /** What is offered, by id, beginning after {@code after}, at most {@code limit}. */
    public Uni<List<SharedOffer>> offers(TenantId tenant, Optional<PluginId> after, int limit) {
        return shared.offers(tenant, after, limit);
    }

    /**
     * What became of sharing.
     *
     * @param version what is offered now
     * @param tenants how many tenants got it as a release; empty when it was offered before
     */
    public record Sharing(PluginId plugin, Version version, OptionalInt tenants) {}

    /**
     * Offers a release to all tenants: the one named, else the active one. Fails with {@code plugin-not-found} when {@link SharedPlugins#HOME}
     * has no such plugin, {@code not-found} when it has no such release, {@code digest-blocked}.
     */
    public Uni<Sharing> share(PluginId id, Optional<Version> wanted, Actor actor) {
        return plugins.find(SharedPlugins.HOME, id)
                .flatMap(plugin -> plugins.store()
                        .releases(SharedPlugins.HOME, id)
                        .map(releases -> required(
                                releases,
                                wanted.orElse(plugin.active().manifest().version()))))
                .call(release -> blocks.require(SharedPlugins.HOME, release))
                .map(release -> release.manifest().version())
                .flatMap(version -> shared.share(id, version, actor).map(tenants -> new Sharing(id, version, tenants)));
    }

    /**
     * Offers a plugin no more; how many tenants have adopted it and keep it. Fails with {@code plugin-not-found} when it was not offered.
     */
    public Uni<Integer> withdraw(PluginId id, Actor actor) {
        return shared.withdraw(id, actor).map(adopters -> adopters.orElseThrow(() -> notOffered(id)));
    }

    /**
     * Makes the tenant's own plugin of an offered one, {@code installed} and without grants. Fails with {@code plugin-not-found} when it is not
     * offered, {@code digest-blocked} and as {@link SharedPlugins#adopt}.
     */
    public Uni<Adoption> adopt(PluginId id, Actor actor) {
        TenantId tenant = actor.tenant();
        return shared.offer(tenant, id)
                .map(offer -> offer.orElseThrow(() -> notOffered(id)).release())
                .call(release -> blocks.require(SharedPlugins.HOME, release))
                .call(release -> blocks.require(tenant, release))
                .flatMap(release -> shared.adopt(
                        tenant,
                        release,
                        StoredPlugins.audit(
                                actor,
                                AuditAction.PLUGIN_ADOPT,
                                id,
                                Map.of(
                                        "version",
                                        release.manifest().version().value(),
                                        "package_digest",
                                        release.packageDigest().value()))))
                .call(adoption -> adoption.novelty() == Novelty.NEW
                        ? catalog.refresh(tenant)
                        : Uni.createFrom().voidItem());
    }

    private static Release required(List<Release> releases, Version version) {
        return releases.stream()
                .filter(release -> release.manifest().version().equals(version))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "the tenant `" + SharedPlugins.HOME + "` has no release " + version
                                + " of it; bring it there first",
                        Map.of(FactKey.RELEASE, version.value())));
    }

    /** What a client is told who names a plugin that is not offered. */
    public static ProblemException notOffered(PluginId id) {
        return new ProblemException(
                ProblemCode.PLUGIN_NOT_FOUND,
                "the platform shares no plugin `" + id + "`; GET /shared lists what it shares",
                Map.of(FactKey.PLUGIN, id.value()));
    }
}
