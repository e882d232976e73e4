package org.storysign.plugins.signature;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A publisher's key as somebody trusts it.
 *
 * @param publisher who signs with it; several keys may be one publisher's
 * @param validFrom before this it counts for nothing
 * @param expiresAt from this on it counts for nothing, whenever it signed
 * @param revokedAt when it was revoked; from then on it counts for nothing, whenever it signed
 */
public record TrustedKey(
        String publisher,
        VerificationKey key,
        Instant validFrom,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt) {

    /** What publishers are called. */
    public static final Pattern PUBLISHER = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    public TrustedKey {
        if (!PUBLISHER.matcher(publisher).matches()) {
            throw new IllegalArgumentException("a publisher is called by a name matching " + PUBLISHER);
        }
    }

    /** Why it counts for nothing; empty when it counts. */
    Optional<String> defect(Instant now) {
        if (revokedAt.isPresent()) {
            return Optional.of("was revoked at " + revokedAt.get());
        }
        if (expiresAt.filter(end -> !now.isBefore(end)).isPresent()) {
            return Optional.of("expired at " + expiresAt.get());
        }
        return now.isBefore(validFrom) ? Optional.of("is valid from " + validFrom + " only") : Optional.empty();
    }
}
