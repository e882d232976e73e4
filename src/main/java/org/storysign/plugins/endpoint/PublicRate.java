package org.storysign.plugins.endpoint;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * How often anybody may call a plugin's public endpoints: a bucket of {@link #BURST} calls for each plugin of a tenant, which gets
 * one back every {@link #REFILL}. In this process; several processes let through as many times as much. Safe for concurrent use.
 */
@Singleton
public final class PublicRate {

    public static final int BURST = 20;
    public static final Duration REFILL = Duration.ofMillis(100);

    private final Clock clock;
    private final Map<Place, Bucket> buckets = new ConcurrentHashMap<>();

    @Inject
    public PublicRate(Clock clock) {
        this.clock = clock;
    }

    private record Place(TenantId tenant, PluginId plugin) {}

    /** @param since when it had {@code left}; what came back since is not counted yet */
    private record Bucket(long left, Instant since) {
        Bucket at(Instant now) {
            long back = Math.max(0, Duration.between(since, now).dividedBy(REFILL));
            long filled = Math.min(BURST, left + back);
            return new Bucket(filled, filled == BURST ? now : since.plus(REFILL.multipliedBy(back)));
        }
    }

    /** Takes one call. Fails with {@code rate-limited} when there is none. Ask only for plugins that are there: each is remembered. */
    public void take(TenantId tenant, PluginId plugin) {
        Instant now = clock.instant();
        AtomicBoolean taken = new AtomicBoolean();
        buckets.compute(new Place(tenant, plugin), (_, before) -> {
            Bucket bucket = before == null ? new Bucket(BURST, now) : before.at(now);
            taken.set(bucket.left > 0);
            return bucket.left > 0 ? new Bucket(bucket.left - 1, bucket.since) : bucket;
        });
        if (!taken.get()) {
            throw new ProblemException(
                    ProblemCode.RATE_LIMITED,
                    "The public endpoints of plugin `" + plugin + "` were called too often: " + BURST
                            + " calls at once, and one more every " + REFILL.toMillis() + " ms.",
                    Map.of(FactKey.PLUGIN, plugin.value(), FactKey.RETRY_AFTER, 1));
        }
    }
}
