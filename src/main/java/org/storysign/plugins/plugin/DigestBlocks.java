package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Port: digests of packages and modules that must not run. Fails with {@code ProblemException} {@code database-unavailable}. */
public interface DigestBlocks {

    /** What is blocked for a tenant, its own and everywhere, by digest; one of both kinds is there twice. */
    Uni<List<BlockedDigest>> list(TenantId tenant);

    /**
     * Blocks in the actor's tenant, or everywhere. In the same transaction what runs of it becomes {@code failed}, whatever is on its way to
     * change a plugin that has it fails as changed meanwhile, and every tenant concerned has its audit entry and a step of its catalogue. Again,
     * it changes nothing.
     *
     * @return what is blocked now, and the tenants whose catalogues have changed
     */
    Uni<Blocking> block(Digest digest, Reach reach, String reason, Actor actor);

    /** Takes a block away: nothing begins to run by that. False when there was none of this reach. */
    Uni<Boolean> unblock(Digest digest, Reach reach, Actor actor);

    /** How far a block reaches. */
    enum Reach {
        TENANT,
        EVERYWHERE
    }

    /** What became of a blocking. */
    record Blocking(BlockedDigest blocked, List<TenantId> changed) {
        public Blocking {
            changed = List.copyOf(changed);
        }
    }

    /** Fails with {@code digest-blocked} when the release must not run in the tenant. */
    default Uni<Void> require(TenantId tenant, Release release) {
        return list(tenant)
                .invoke(all -> among(all, release).ifPresent(DigestBlocks::refuse))
                .replaceWithVoid();
    }

    /** The block that concerns a release. */
    static Optional<BlockedDigest> among(List<BlockedDigest> all, Release release) {
        Set<Digest> digests = Set.of(release.packageDigest(), release.moduleDigest());
        return all.stream().filter(each -> digests.contains(each.digest())).findFirst();
    }

    /** Fails with {@code digest-blocked}. */
    static void refuse(BlockedDigest blocked) {
        throw new ProblemException(
                ProblemCode.DIGEST_BLOCKED,
                blocked.digest() + " is blocked" + (blocked.everywhere() ? " everywhere: " : ": ") + blocked.reason(),
                Map.of(FactKey.DIGEST, blocked.digest().value()));
    }
}
