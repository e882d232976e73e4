package org.storysign.plugins.platform.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.platform.AnalyticsEvent;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.ServicePage;

/** Events in a list. Safe for concurrent use. */
public final class InMemoryAnalytics implements AnalyticsLog {

    private final Clock clock;
    private final List<Kept> events = new ArrayList<>();

    public InMemoryAnalytics(Clock clock) {
        this.clock = clock;
    }

    private record Kept(DataOwner owner, AnalyticsEvent event) {
        boolean isOfPlugin(DataOwner other) {
            return owner.tenant().equals(other.tenant()) && owner.plugin().equals(other.plugin());
        }

        LocalDate day() {
            return LocalDate.ofInstant(event.at(), ZoneOffset.UTC);
        }
    }

    @Override
    public synchronized boolean append(DataOwner owner, NewEvent event, int mostADay, Duration timeout) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        long logged = events.stream()
                .filter(kept -> kept.isOfPlugin(owner) && kept.day().equals(today))
                .count();
        if (logged >= mostADay) {
            return false;
        }
        events.add(new Kept(
                owner, new AnalyticsEvent(events.size() + 1L, event.name(), event.properties(), clock.instant())));
        return true;
    }

    @Override
    public synchronized List<AnalyticsEvent> events(
            DataOwner owner, Optional<String> name, ServicePage page, Duration timeout) {
        long before = page.cursor().orElse(Long.MAX_VALUE);
        return events.reversed().stream()
                .filter(kept -> kept.owner.equals(owner))
                .map(Kept::event)
                .filter(event -> name.map(event.name()::equals).orElse(true) && event.number() < before)
                .limit(page.limit())
                .toList();
    }
}
