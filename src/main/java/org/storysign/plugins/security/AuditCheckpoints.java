package org.storysign.plugins.security;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.audit.AuditChain;
import org.storysign.plugins.audit.AuditCheckpoint;
import org.storysign.plugins.audit.AuditRecord;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.AuditVerdict.Agreement;
import org.storysign.plugins.security.AuditVerdict.Finding;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.signature.VerificationKey;

/**
 * Says in a form that can be kept elsewhere what the audit trail has come to, and compares it later. Safe for concurrent use.
 *
 * <p>The chain of hashes shows what was changed in the middle. Who may do everything in the database can take away its end or write all
 * of it anew, hashes included; only what was kept elsewhere shows that.
 */
public final class AuditCheckpoints {

    private final AuditTrail trail;
    private final Optional<SigningKey.Pair> pair;
    private final Clock clock;

    /** @param pair what signs; without it there are no checkpoints */
    public AuditCheckpoints(AuditTrail trail, Optional<SigningKey.Pair> pair, Clock clock) {
        this.trail = trail;
        this.pair = pair;
        this.clock = clock;
    }

    public boolean isAvailable() {
        return pair.isPresent();
    }

    /** The key that checkpoints are verified with. Fails with {@code checkpoints-unavailable}. */
    public VerificationKey key() {
        return pair().verifying();
    }

    /** What the trail has come to now. Fails with {@code checkpoints-unavailable}. */
    public Uni<SignedCheckpoint> now(TenantId tenant) {
        SigningKey.Pair signing = pair();
        return last(tenant)
                .map(last -> SignedCheckpoint.of(
                        new AuditCheckpoint(
                                tenant,
                                last.map(AuditRecord::sequence).orElse(0L),
                                last.map(AuditRecord::hash).orElseGet(() -> AuditChain.start(tenant)),
                                clock.instant().truncatedTo(ChronoUnit.SECONDS)),
                        signing));
    }

    /** Follows the tenant's whole trail and compares it with checkpoints. Fails with {@code checkpoints-unavailable} if there are any. */
    public Uni<AuditVerdict> verify(TenantId tenant, List<SignedCheckpoint> checkpoints) {
        if (!checkpoints.isEmpty()) {
            pair();
        }
        return Multi.createFrom()
                .iterable(checkpoints)
                .onItem()
                .transformToUniAndConcatenate(checkpoint -> compare(tenant, checkpoint))
                .collect()
                .asList()
                .flatMap(findings -> trail.firstBreak(tenant)
                        .flatMap(broken -> last(tenant)
                                .map(last -> new AuditVerdict(
                                        last.map(AuditRecord::sequence).orElse(0L), broken, findings))));
    }

    private Uni<Finding> compare(TenantId tenant, SignedCheckpoint signed) {
        AuditCheckpoint checkpoint = signed.checkpoint();
        long sequence = checkpoint.sequence();
        if (!checkpoint.tenant().equals(tenant)) {
            return Uni.createFrom().item(new Finding(sequence, Agreement.OTHER_TENANT));
        }
        if (!signed.isSignedBy(key())) {
            return Uni.createFrom().item(new Finding(sequence, Agreement.NOT_SIGNED));
        }
        if (sequence == 0) {
            boolean start = checkpoint.hash().equals(AuditChain.start(tenant));
            return Uni.createFrom().item(new Finding(sequence, start ? Agreement.AGREES : Agreement.DIFFERS));
        }
        return trail.following(tenant, sequence - 1, 1)
                .map(found -> found.stream()
                        .filter(entry -> entry.sequence() == sequence)
                        .findFirst()
                        .map(entry -> entry.hash().equals(checkpoint.hash()) ? Agreement.AGREES : Agreement.DIFFERS)
                        .orElse(Agreement.ENTRY_MISSING))
                .map(agreement -> new Finding(sequence, agreement));
    }

    private Uni<Optional<AuditRecord>> last(TenantId tenant) {
        return trail.page(tenant, OptionalLong.empty(), 1)
                .map(page -> page.stream().findFirst());
    }

    private SigningKey.Pair pair() {
        return pair.orElseThrow(() -> new ProblemException(
                ProblemCode.CHECKPOINTS_UNAVAILABLE,
                "no key to sign checkpoints with is configured; set storysign.audit.private-key and storysign.audit.public-key"
                        + " (./storysign plugin keygen makes such a pair)"));
    }
}
