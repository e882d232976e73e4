package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.SignatureCheck;

/**
 * What stands between a release and serving (contract, section 4).
 *
 * @param active whether it is the plugin's active one
 * @param difference what it could do that nobody has agreed to, in plain words, if it were given grants
 *     by the rule of {@link org.storysign.plugins.permission.GrantReader#carriedOver}
 * @param consent names exactly that; empty when nothing is to be agreed to
 * @param reason why it is blocked
 * @param signedBy the publishers whose signatures count
 * @param offer what an operator would be asked to agree to; empty when nobody could
 */
public record ReleaseStanding(
        Release release,
        boolean active,
        State state,
        List<String> difference,
        Optional<String> consent,
        Optional<String> reason,
        Set<String> signedBy,
        Optional<ConsentSheet> offer) {

    /** Whether a release may serve. */
    public enum State {
        READY,
        AWAITING_CONSENT,
        BLOCKED;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What is known of a tenant's releases.
     *
     * @param uses what each asks for against what its module imports, by package; those whose modules can be read
     */
    record Known(
            SignatureCheck signatures,
            Map<Digest, PermissionUse> uses,
            List<BlockedDigest> blocks,
            TenantPolicy policy) {}

    static ReleaseStanding of(Plugin plugin, Release release, Known known) {
        boolean active = plugin.active().packageDigest().equals(release.packageDigest());
        SignatureCheck signatures = known.signatures();
        TenantPolicy policy = known.policy();
        PermissionUse use = known.uses().getOrDefault(release.packageDigest(), PermissionUse.UNKNOWN);
        try {
            DigestBlocks.among(known.blocks(), release).ifPresent(DigestBlocks::refuse);
            Set<String> signedBy = ReleaseSignatures.publishers(signatures, release);
            if (active) {
                policy.require(plugin.id(), plugin.grants(), plugin.level());
                requireSigned(release, plugin.level(), signatures);
                return ready(release, true, signedBy, proposal(plugin, use, policy));
            }
            EnableOffer offer = EnableOffer.of(plugin, release, EnableRequest.PLAIN, policy);
            requireSigned(release, offer.level(), signatures);
            Optional<ConsentSheet> sheet = Optional.of(ConsentSheet.of(plugin.with(release), offer, use));
            return offer.wider().isEmpty()
                    ? ready(release, false, signedBy, sheet)
                    : new ReleaseStanding(
                            release,
                            false,
                            State.AWAITING_CONSENT,
                            offer.wider(),
                            Optional.of(offer.consentId()),
                            Optional.empty(),
                            signedBy,
                            sheet);
        } catch (ProblemException impossible) {
            return new ReleaseStanding(
                    release,
                    active,
                    State.BLOCKED,
                    List.of(),
                    Optional.empty(),
                    Optional.of(impossible.detail()),
                    Set.of(),
                    Optional.empty());
        }
    }

    /** Empty when it cannot be enabled as it asks; with fewer grants or at another level it may. */
    private static Optional<ConsentSheet> proposal(Plugin plugin, PermissionUse use, TenantPolicy policy) {
        try {
            return Optional.of(ConsentSheet.of(plugin, EnableOffer.proposed(plugin, policy), use));
        } catch (ProblemException impossible) {
            return Optional.empty();
        }
    }

    private static void requireSigned(Release release, SecurityLevel level, SignatureCheck signatures) {
        if (signatures.policy().concerns(level)) {
            signatures.require(release.statement(release.moduleDigest()), release.signatures());
        }
    }

    private static ReleaseStanding ready(
            Release release, boolean active, Set<String> signedBy, Optional<ConsentSheet> offer) {
        return new ReleaseStanding(
                release, active, State.READY, List.of(), Optional.empty(), Optional.empty(), signedBy, offer);
    }
}
