package org.storysign.plugins.plugin;

import java.time.Instant;
import org.storysign.plugins.identity.Digest;

/**
 * A package or module that must not run.
 *
 * @param everywhere whether in all tenants, also in those to come; otherwise in one
 * @param reason why, as operators are told
 * @param by who blocked it
 */
public record BlockedDigest(Digest digest, boolean everywhere, String reason, String by, Instant at) {

    /** A reason has at most so many characters. */
    public static final int LONGEST_REASON = 300;
}
