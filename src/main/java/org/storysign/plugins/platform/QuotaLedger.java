package org.storysign.plugins.platform;

import java.time.Duration;

/**
 * Port: how much of their daily quotas plugins have taken, over all processes. Blocking. Fails with {@code ProblemException}
 * {@code database-unavailable}.
 */
@FunctionalInterface
public interface QuotaLedger {

    /** Counts nothing and gives what is asked: for the author's own machine. */
    QuotaLedger UNLIMITED = (key, wanted, limit, timeout) -> wanted;

    /** Takes up to {@code wanted} of what is left of {@code limit}; answers how much, 0 when nothing is left. */
    long take(QuotaKey key, long wanted, long limit, Duration timeout);
}
