package org.storysign.plugins.rest.history;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.history.HistoryStore;
import org.storysign.plugins.plugin.history.LineFilter;
import org.storysign.plugins.plugin.history.LineRecord;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Those who follow a log through this process: each reads the database twice a second, and only when it has read what it got. Memory for
 * each is one page of lines.
 */
@Singleton
public final class LogFollowing {

    /** Of one tenant through this process. */
    static final int MOST_OF_TENANT = 10;

    /** After so long a follower must come again, with a key that is still valid. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Looks a reader may be behind, 30 seconds, before it is closed. */
    private static final int MOST_BEHIND = 60;

    private static final int PAGE = 200;

    private final HistoryStore history;
    private final Map<TenantId, Integer> followers = new ConcurrentHashMap<>();

    @Inject
    LogFollowing(HistoryStore history) {
        this.history = history;
    }

    /**
     * What is new, again and again; an empty list when nothing is. Ends after {@link #LONGEST}, and fails for a reader that is too slow.
     * Throws {@code rate-limited} when too many follow already.
     */
    Multi<List<LineRecord>> follow(TenantId tenant, LineFilter filter) {
        enter(tenant);
        AtomicBoolean left = new AtomicBoolean();
        Place place = new Place(filter);
        return Multi.createFrom()
                .ticks()
                .every(PAUSE)
                .select()
                .first(LONGEST)
                .onOverflow()
                .buffer(MOST_BEHIND)
                .onItem()
                .transformToUniAndConcatenate(tick -> look(tenant, place))
                .onTermination()
                .invoke(() -> leave(tenant, left));
    }

    /** Where one follower is; each look comes after the one before. */
    private static final class Place {

        private LineFilter filter;

        Place(LineFilter filter) {
            this.filter = filter;
        }
    }

    private Uni<List<LineRecord>> look(TenantId tenant, Place place) {
        return history.linesAfter(tenant, place.filter, PAGE).invoke(found -> {
            if (!found.isEmpty()) {
                LineFilter filter = place.filter;
                place.filter = new LineFilter(
                        filter.plugin(), filter.least(), found.getLast().sequence());
            }
        });
    }

    private void enter(TenantId tenant) {
        followers.compute(tenant, (_, present) -> {
            int now = present == null ? 0 : present;
            if (now >= MOST_OF_TENANT) {
                throw new ProblemException(
                        ProblemCode.RATE_LIMITED,
                        "The tenant follows " + now + " logs here already, expected at most " + MOST_OF_TENANT
                                + "; close one first, or list the lines.",
                        Map.of(FactKey.LIMIT, MOST_OF_TENANT, FactKey.RETRY_AFTER, 1));
            }
            return now + 1;
        });
    }

    private void leave(TenantId tenant, AtomicBoolean left) {
        if (left.compareAndSet(false, true)) {
            followers.computeIfPresent(tenant, (_, present) -> present == 1 ? null : present - 1);
        }
    }
}
