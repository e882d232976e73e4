package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.plugin.InstallOutcome;
import org.storysign.plugins.plugin.PackageContent;
import org.storysign.plugins.plugin.PackageFiles;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginFilter;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.PluginStore;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.wasm.WasmBinary;

/** Plugins, releases and artifacts in PostgreSQL. Changes of one tenant happen one after the other. */
@Singleton
public final class PostgresPluginStore implements PluginStore {

    private final TenantTransactions transactions;
    private final ManifestReader manifests = new ManifestReader();

    @Inject
    PostgresPluginStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<InstallOutcome> install(TenantId tenant, Release release, PackageContent content, AuditEntry audit) {
        if (!release.moduleDigest().equals(content.module().digest())) {
            throw new IllegalArgumentException("the release names another module");
        }
        return transactions.change(
                tenant,
                () -> ReleaseRow.<ReleaseRow>findById(ReleaseRow.Key.of(tenant, release))
                        .flatMap(same -> same == null
                                ? add(tenant, release, content, audit)
                                : compare(tenant, release, same.toRelease(manifests), audit)));
    }

    private Uni<Change<InstallOutcome>> compare(TenantId tenant, Release release, Release stored, AuditEntry audit) {
        if (!stored.packageDigest().equals(release.packageDigest())) {
            return loaded(tenant, release)
                    .map(plugin -> new Change.None<>(new InstallOutcome.VersionExists(
                            plugin, release.manifest().version())));
        }
        List<PackageSignature> signatures = stored.signaturesWith(release.signatures());
        if (signatures.size() == stored.signatures().size()) {
            return loaded(tenant, release).map(plugin -> new Change.None<>(new InstallOutcome.Identical(plugin)));
        }
        AuditEntry signed = new AuditEntry(audit.actor(), AuditAction.RELEASE_SIGN, audit.subject(), audit.facts());
        return sign(ReleaseRow.Key.of(tenant, release), signatures)
                .flatMap(written -> loaded(tenant, release))
                .map(plugin -> new Change.OfCatalogue<>(new InstallOutcome.Identical(plugin), signed));
    }

    private Uni<Plugin> loaded(TenantId tenant, Release release) {
        return load(tenant, release.manifest().id()).map(Optional::orElseThrow);
    }

    /** The one thing about a release that changes; so not by its entity, which is read anew afterwards. */
    private static Uni<Void> sign(ReleaseRow.Key key, List<PackageSignature> signatures) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("UPDATE release SET signatures = :signatures"
                                + " WHERE tenant = :tenant AND plugin = :plugin AND version = :version")
                        .setParameter("signatures", Documents.signatures(signatures))
                        .setParameter("tenant", key.tenant())
                        .setParameter("plugin", key.plugin())
                        .setParameter("version", key.version())
                        .executeUpdate()
                        .invoke(session::clear))
                .replaceWithVoid();
    }

    private Uni<Change<InstallOutcome>> add(
            TenantId tenant, Release release, PackageContent content, AuditEntry audit) {
        PluginRow.Key key = PluginRow.Key.of(tenant, release.manifest().id());
        return PluginRow.<PluginRow>findById(key)
                .call(row -> SharedReleases.requireOwn(row, key))
                .flatMap(row -> row == null
                        ? PluginRow.requireRoom(tenant, release.manifest().id())
                                .flatMap(policy ->
                                        PluginRow.fresh(key, release, policy).<PluginRow>persist())
                        : Uni.createFrom().item(beside(row, release)))
                .call(() -> persistIfAbsent(ArtifactRow.of(tenant, content.module())))
                .call(() -> ReleaseRow.of(tenant, release).persist())
                .call(() -> persist(tenant, release, content.files()))
                .chain(Panache::flush)
                .chain(() -> load(tenant, release.manifest().id()))
                .map(plugin -> new Change.OfCatalogue<>(new InstallOutcome.Created(plugin.orElseThrow()), audit));
    }

    /** A release takes the place of one that does not serve; beside others it waits. */
    private static PluginRow beside(PluginRow row, Release release) {
        switch (row.state()) {
            case PluginState.Installed _, PluginState.Disabled _, PluginState.Failed _ -> {
                row.activeVersion = release.manifest().version().value();
                row.step();
            }
            case PluginState.Enabling _, PluginState.Enabled _, PluginState.Quarantined _ -> {}
        }
        return row;
    }

    private static Uni<Void> persistIfAbsent(ArtifactRow artifact) {
        return ArtifactRow.count("key", artifact.key)
                .flatMap(count -> count > 0
                        ? Uni.createFrom().voidItem()
                        : artifact.persist().replaceWithVoid());
    }

    private static Uni<Void> persist(TenantId tenant, Release release, PackageFiles files) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (String path : files.paths()) {
            ArtifactRow artifact = ArtifactRow.of(tenant, files.content(path).orElseThrow());
            all = all.chain(() -> persistIfAbsent(artifact))
                    .chain(() -> ReleaseFileRow.of(tenant, release, path).persist())
                    .replaceWithVoid();
        }
        return all;
    }

    @Override
    public Uni<Optional<Plugin>> find(TenantId tenant, PluginId id) {
        return transactions.read(tenant, () -> load(tenant, id));
    }

    private Uni<Optional<Plugin>> load(TenantId tenant, PluginId id) {
        return new PluginSelection(tenant, manifests)
                .only(id)
                .fetch()
                .map(found -> found.stream().findFirst());
    }

    @Override
    public Uni<List<Plugin>> list(TenantId tenant, PluginFilter filter) {
        return transactions.read(
                tenant,
                () -> new PluginSelection(tenant, manifests).matching(filter).fetch());
    }

    @Override
    public Uni<List<Release>> releases(TenantId tenant, PluginId id) {
        return transactions.read(
                tenant,
                () -> ReleaseRow.<ReleaseRow>list(
                                "key.tenant = ?1 and key.plugin = ?2 order by installedAt, key.version",
                                tenant.value(),
                                id.value())
                        .map(rows -> rows.stream()
                                .map(row -> row.toRelease(manifests))
                                .toList()));
    }

    @Override
    public Uni<Optional<Plugin>> replace(Plugin changed, EnabledCheck check, AuditEntry audit) {
        return transactions.change(
                changed.tenant(),
                () -> require(check, changed.tenant())
                        .chain(() -> atRevision(changed))
                        .flatMap(row -> {
                            if (row.isEmpty()) {
                                return Uni.createFrom().item(new Change.None<>(Optional.empty()));
                            }
                            row.get().write(changed);
                            return ReleaseRow.<ReleaseRow>findById(ReleaseRow.Key.active(row.get()))
                                    .map(active -> new Change.OfCatalogue<>(
                                            Optional.of(row.get().toPlugin(active.toRelease(manifests))), audit));
                        }));
    }

    private Uni<Void> require(EnabledCheck check, TenantId tenant) {
        return check == EnabledCheck.NONE
                ? Uni.createFrom().voidItem()
                : new PluginSelection(tenant, manifests)
                        .inState(new PluginState.Enabled().publicName())
                        .fetch()
                        .invoke(check::require)
                        .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> remove(Plugin plugin, DataOnRemoval data, AuditEntry audit) {
        return transactions.change(
                plugin.tenant(),
                () -> atRevision(plugin).flatMap(row -> {
                    if (row.isEmpty()) {
                        return Uni.createFrom().item(new Change.None<>(false));
                    }
                    return SharedReleases.requireNotOffered(plugin)
                            .chain(row.get()::delete)
                            .flatMap(deleted -> Panache.flush())
                            .flatMap(flushed -> deleteUnusedArtifacts(plugin.tenant()))
                            .flatMap(artifacts -> data == DataOnRemoval.DELETE
                                    ? clearData(plugin)
                                    : Uni.createFrom().item(0L))
                            .map(cleared -> new Change.OfCatalogue<>(true, audit));
                }));
    }

    private static Uni<Optional<PluginRow>> atRevision(Plugin plugin) {
        return PluginRow.<PluginRow>findById(PluginRow.Key.of(plugin.tenant(), plugin.id()))
                .map(row -> Optional.ofNullable(row).filter(found -> found.revision == plugin.revision()));
    }

    private static Uni<Long> deleteUnusedArtifacts(TenantId tenant) {
        return ArtifactRow.delete(
                "delete from ArtifactRow a where a.key.tenant = ?1 and not exists (select 1 from ReleaseRow r"
                        + " where r.key.tenant = a.key.tenant and r.moduleDigest = a.key.digest) and not exists (select 1 from"
                        + " ReleaseFileRow f where f.key.tenant = a.key.tenant and f.digest = a.key.digest)",
                tenant.value());
    }

    private static Uni<Long> clearData(Plugin plugin) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT data_clear(:tenant, :plugin)", Long.class)
                        .setParameter("tenant", plugin.tenant().value())
                        .setParameter("plugin", plugin.id().value())
                        .getSingleResult());
    }

    @Override
    public Uni<Optional<WasmBinary>> artifact(TenantId tenant, Digest moduleDigest) {
        return transactions.read(
                tenant, () -> ArtifactRow.content(tenant, moduleDigest).map(content -> content.map(WasmBinary::new)));
    }

    @Override
    public Uni<Optional<byte[]>> file(TenantId tenant, Digest digest) {
        return transactions.read(tenant, () -> ArtifactRow.content(tenant, digest));
    }
}
