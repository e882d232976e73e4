package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.storysign.plugins.problem.ProblemException;

/**
 * What stands between a release and serving (contract, section 4).
 *
 * @param active whether it is the plugin's active one
 * @param difference what it could do that nobody has agreed to, in plain words, if it were given grants
 *     by the rule of {@link org.storysign.plugins.permission.GrantReader#carriedOver}
 * @param consent names exactly that; empty when nothing is to be agreed to
 * @param reason why it is blocked
 */
public record ReleaseStanding(
        Release release,
        boolean active,
        State state,
        List<String> difference,
        Optional<String> consent,
        Optional<String> reason) {

    /** Whether a release may serve. */
    public enum State {
        READY,
        AWAITING_CONSENT,
        BLOCKED;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static ReleaseStanding of(Plugin plugin, Release release) {
        boolean active = plugin.active().packageDigest().equals(release.packageDigest());
        if (active) {
            return new ReleaseStanding(release, true, State.READY, List.of(), Optional.empty(), Optional.empty());
        }
        try {
            EnableOffer offer = EnableOffer.of(plugin, release, EnableRequest.PLAIN);
            return offer.wider().isEmpty()
                    ? new ReleaseStanding(release, false, State.READY, List.of(), Optional.empty(), Optional.empty())
                    : new ReleaseStanding(
                            release,
                            false,
                            State.AWAITING_CONSENT,
                            offer.wider(),
                            Optional.of(offer.consentId()),
                            Optional.empty());
        } catch (ProblemException impossible) {
            return new ReleaseStanding(
                    release, false, State.BLOCKED, List.of(), Optional.empty(), Optional.of(impossible.detail()));
        }
    }
}
