package org.storysign.plugins.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * How often each principal may ask: a key, a subject, a user, an address. In this process; several let through as many times as
 * much. Safe for concurrent use; never blocks; fails with {@code rate-limited} and when to come back.
 *
 * <p>An address that brought many keys which are not valid is told so instead of being answered, unless its key was valid a short
 * while ago: guessing gets no faster than its bucket fills, and who works behind the same address goes on working.
 */
@ApplicationScoped
public class RequestRates {

    /** Buckets and keys each that are remembered; then the ones that were not used for longest are forgotten. */
    static final int MOST = 20_000;

    /** How long a key that was valid is asked for its rate only. */
    static final Duration TRUSTED = Duration.ofMinutes(10);

    private final Terms terms;
    private final Clock clock;
    private final Recent<String, Bucket> buckets = new Recent<>(MOST);
    private final Recent<String, Long> trusted = new Recent<>(MOST);

    @Inject
    public RequestRates(RateConfig config, Clock clock) {
        this(config.terms(), clock);
    }

    RequestRates(Terms terms, Clock clock) {
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * @param perSecond 1 to a million
     * @param burst at once, 1 to a million
     */
    public record Rate(int perSecond, int burst) {

        private static final int LARGEST = 1_000_000;

        public Rate {
            if (perSecond < 1 || perSecond > LARGEST || burst < 1 || burst > LARGEST) {
                throw new IllegalArgumentException("per-second and burst are 1 to " + LARGEST);
            }
        }
    }

    /** Who may ask how often. */
    public record Terms(boolean enabled, Rate callers, Rate users, Rate addresses, Rate failures) {}

    /** One request of somebody who is known. */
    void take(Caller caller) {
        caller.user()
                .ifPresentOrElse(
                        user -> take("user:" + user.tenant() + ":" + user.user(), terms.users(), "This user"),
                        () -> take(
                                caller.key()
                                        .map(Object::toString)
                                        .orElse(caller.actor().name()),
                                terms.callers(),
                                "This key"));
    }

    /** One request without a key. */
    void takeAnonymous(String address) {
        take("address:" + address, terms.addresses(), "This address");
    }

    /** Before a key is looked at; takes nothing. */
    void requireFewFailures(String address, KeySecret secret) {
        Bucket bucket = buckets.peek(failures(address));
        if (bucket != null && bucket.getAvailableTokens() == 0 && !isTrusted(secret)) {
            throw limited("This address, with keys that are not valid,", terms.failures(), 1);
        }
    }

    /** A key was not valid. */
    void failed(String address) {
        if (terms.enabled()) {
            bucket(failures(address), terms.failures()).tryConsume(1);
        }
    }

    /** A key was valid. */
    void succeeded(KeySecret secret) {
        if (terms.enabled()) {
            trusted.put(secret.hash(), clock.millis() + TRUSTED.toMillis());
        }
    }

    private boolean isTrusted(KeySecret secret) {
        Long until = trusted.peek(secret.hash());
        return until != null && clock.millis() < until;
    }

    private static String failures(String address) {
        return "failures:" + address;
    }

    private void take(String principal, Rate rate, String who) {
        if (!terms.enabled()) {
            return;
        }
        ConsumptionProbe probe = bucket(principal, rate).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
            throw limited(who, rate, wait.plusMillis(999).toSeconds());
        }
    }

    private Bucket bucket(String principal, Rate rate) {
        return buckets.get(
                principal,
                _ -> Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
                        .withCustomTimePrecision(new ClockMeter(clock))
                        .build());
    }

    private static ProblemException limited(String who, Rate rate, long seconds) {
        return new ProblemException(
                ProblemCode.RATE_LIMITED,
                who + " asks too often: " + rate.burst() + " requests at once, and " + rate.perSecond()
                        + " more every second. Try again in " + Math.max(1, seconds) + " s.",
                Map.of(FactKey.RETRY_AFTER, Math.max(1, seconds)));
    }

    int remembered() {
        return buckets.size() + trusted.size();
    }
}
