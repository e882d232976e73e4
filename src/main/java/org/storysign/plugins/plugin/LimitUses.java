package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.plugin.history.HistoryStore;

/** Makes {@link LimitUse} from what the history keeps: sums by the hour for 30 days, records of calls for 7. Safe for concurrent use. */
@Singleton
public final class LimitUses {

    static final Duration SUMS = Duration.ofDays(30);
    static final Duration RECORDS = Duration.ofDays(7);

    private final HistoryStore history;
    private final PluginCatalog catalog;
    private final Clock clock;

    @Inject
    public LimitUses(HistoryStore history, PluginCatalog catalog, Clock clock) {
        this.history = history;
        this.catalog = catalog;
        this.clock = clock;
    }

    Uni<LimitUse> of(Plugin plugin) {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        Instant since = hour.minus(SUMS);
        Instant mostSince = hour.minus(RECORDS);
        Limits limits = catalog.limits(plugin);
        return Uni.combine()
                .all()
                .unis(
                        history.usage(plugin.tenant(), plugin.id(), since),
                        history.most(plugin.tenant(), plugin.id(), mostSince))
                .with((amounts, most) -> LimitUse.of(since, amounts, mostSince, most, limits));
    }
}
