package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.sandbox.ModuleTrial;

/** Brings code: from an uploaded package to a stored release. Safe for concurrent use. */
@Singleton
public final class PluginInstaller {

    private final PluginStore store;
    private final ReleaseSignatures signatures;
    private final KnownModules modules;
    private final DigestBlocks blocks;
    private final SharedPlugins shared;
    private final PackageInspector inspector;
    private final Clock clock;

    @Inject
    public PluginInstaller(
            PluginStore store,
            ReleaseSignatures signatures,
            KnownModules modules,
            DigestBlocks blocks,
            SharedPlugins shared,
            ModuleTrial trial,
            Clock clock) {
        this.store = store;
        this.signatures = signatures;
        this.modules = modules;
        this.blocks = blocks;
        this.shared = shared;
        this.inspector = new PackageInspector(trial);
        this.clock = clock;
    }

    /** Installs a package. Fails with {@code ProblemException}; then nothing was stored. */
    public Uni<InstallOutcome> install(PluginPackage upload, Actor actor) {
        return install(upload, actor, Map.of());
    }

    /** The same of a package whose origin the audit trail shall tell. */
    public Uni<InstallOutcome> install(PluginPackage upload, Actor actor, Map<String, String> origin) {
        return Workers.supply(() -> inspector.require(upload))
                .call(checked -> signatures.admit(checked, actor))
                .flatMap(checked -> store(checked, actor, origin));
    }

    /** All that {@link #install} does before it stores; a refusal for signatures is not audited. */
    Uni<PackageInspector.Checked> rehearse(PluginPackage upload, Actor actor) {
        return Workers.supply(() -> inspector.require(upload))
                .call(checked -> signatures
                        .of(actor.tenant())
                        .invoke(check -> check.publishers(checked.statement(), checked.signatures())))
                .call(checked -> blocks.require(actor.tenant(), release(checked, actor)))
                .call(checked -> requireOwn(actor.tenant(), checked));
    }

    /** A package that the tenant has is there, whoever brought it; signatures may come with it. */
    private Uni<Void> requireOwn(TenantId tenant, PackageInspector.Checked checked) {
        PluginId id = checked.manifest().id();
        return store.releases(tenant, id)
                .flatMap(releases -> releases.stream()
                                .anyMatch(known -> known.packageDigest()
                                        .equals(checked.statement().digest()))
                        ? Uni.createFrom().voidItem()
                        : shared.requireOwn(tenant, id));
    }

    /** The release of a package that passed the checks. */
    Release release(PackageInspector.Checked checked, Actor actor) {
        return new Release(
                checked.manifest(),
                checked.statement().digest(),
                checked.content().module().digest(),
                checked.module().report(),
                clock.instant(),
                actor.name(),
                checked.signatures());
    }

    /** The same checks as {@link #install}; nothing is stored. */
    public Uni<PackageCheck> check(PluginPackage upload) {
        return Workers.supply(() -> inspector.check(upload));
    }

    /** The checks of a manifest alone. */
    public Uni<PackageCheck> checkManifest(byte[] manifest) {
        return Workers.supply(() -> inspector.checkManifest(manifest));
    }

    /** The checks of a module alone. */
    public Uni<PackageCheck> checkModule(byte[] module) {
        return Workers.supply(() -> inspector.checkModule(module));
    }

    private Uni<InstallOutcome> store(PackageInspector.Checked checked, Actor actor, Map<String, String> origin) {
        Release release = release(checked, actor);
        PluginManifest manifest = release.manifest();
        Map<String, Object> facts = new TreeMap<>(origin);
        facts.put("version", manifest.version().value());
        facts.put("package_digest", release.packageDigest().value());
        facts.put("module_digest", release.moduleDigest().value());
        AuditEntry audit = new AuditEntry(actor, AuditAction.PLUGIN_INSTALL, "plugin:" + manifest.id(), facts);
        return blocks.require(actor.tenant(), release)
                .chain(() -> store.install(actor.tenant(), release, checked.content(), audit))
                .call(outcome -> outcome instanceof InstallOutcome.Created
                        ? modules.learn(actor.tenant(), checked.module().module())
                        : Uni.createFrom().voidItem());
    }
}
