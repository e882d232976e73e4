package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.signature.SignatureCheck;

/**
 * Whether packages are signed as the tenant and the operator wish: asked when one is brought, before it is enabled, and again whenever it is
 * loaded, from what is stored then. Refusals are audited. When the keys cannot be read nothing passes. Safe for concurrent use.
 */
@Singleton
public final class ReleaseSignatures {

    private static final Set<ProblemCode> REFUSALS =
            Set.of(ProblemCode.SIGNATURE_REQUIRED, ProblemCode.SIGNATURE_REJECTED, ProblemCode.DIGEST_MISMATCH);

    private final PublisherKeys keys;
    private final SignatureTrust trust;
    private final RefusalLog refusals;
    private final Clock clock;
    /** The last refusal at loading of each plugin, so that each is told once and not at every look. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    @Inject
    public ReleaseSignatures(PublisherKeys keys, SignatureTrust trust, RefusalLog refusals, Clock clock) {
        this.keys = keys;
        this.trust = trust;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Who is trusted in the tenant now, and what the policy asks for. */
    Uni<SignatureCheck> of(TenantId tenant) {
        return keys.list(tenant)
                .map(own -> new SignatureCheck(
                        Stream.concat(trust.keys().stream(), own.stream()).toList(), trust.policy(), clock.instant()));
    }

    /** Refuses a package whose signatures are about another, with {@code signature-rejected}. What is not signed passes. */
    Uni<Void> admit(PackageInspector.Checked checked, Actor actor) {
        if (checked.signatures().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        PackageStatement statement = checked.statement();
        return of(actor.tenant())
                .invoke(check -> check.publishers(statement, checked.signatures()))
                .replaceWithVoid()
                .onFailure(ReleaseSignatures::isRefusal)
                .call(refusal -> record(actor, checked.manifest().id(), statement.digest(), refusal));
    }

    /**
     * Refuses a plugin whose active release is not what was consented to and signed: {@code digest-mismatch} when manifest and module are not
     * those of the package digest, {@code signature-required} or {@code signature-rejected} when its level needs signatures.
     *
     * @param module the digest of the module that would run
     */
    Uni<Void> require(Plugin plugin, Digest module) {
        Actor loader = new Actor("system:load", plugin.tenant(), Set.of(Role.ADMIN));
        return check(plugin, module)
                .onFailure(ReleaseSignatures::isRefusal)
                .call(refusal -> isNews(plugin, refusal)
                        ? record(loader, plugin.id(), plugin.active().packageDigest(), refusal)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> check(Plugin plugin, Digest module) {
        Release release = plugin.active();
        PackageStatement statement = release.statement(module);
        if (!statement.digest().equals(release.packageDigest())) {
            return Uni.createFrom()
                    .failure(() -> new ProblemException(
                            ProblemCode.DIGEST_MISMATCH,
                            "what is stored of plugin `" + plugin.id() + "` is the package " + statement.digest()
                                    + ", but its release is " + release.packageDigest(),
                            Map.of(
                                    FactKey.FOUND, statement.digest().value(),
                                    FactKey.EXPECTED, release.packageDigest().value())));
        }
        return trust.policy().concerns(plugin.level())
                ? of(plugin.tenant())
                        .invoke(check -> check.require(statement, release.signatures()))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private boolean isNews(Plugin plugin, Throwable refusal) {
        String now = plugin.revision() + " " + refusal.getMessage();
        return !now.equals(told.put(plugin.tenant() + " " + plugin.id(), now));
    }

    private Uni<Void> record(Actor actor, PluginId plugin, Digest digest, Throwable refusal) {
        ProblemException problem = (ProblemException) refusal;
        AuditEntry entry = StoredPlugins.audit(
                actor,
                AuditAction.SIGNATURE_REFUSE,
                plugin,
                Map.of(
                        "package_digest", digest.value(),
                        "code", problem.code().code(),
                        "reason", problem.detail()));
        return refusals.record(entry);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ProblemException problem && REFUSALS.contains(problem.code());
    }

    /** Publishers whose signatures count for a release; empty when it is not signed. */
    static Set<String> publishers(SignatureCheck check, Release release) {
        return release.signatures().isEmpty()
                ? Set.of()
                : check.publishers(release.statement(release.moduleDigest()), release.signatures());
    }
}
