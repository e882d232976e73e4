package org.storysign.plugins.platform.dry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.storysign.plugins.platform.AiFunctions;
import org.storysign.plugins.platform.AnalyticsEvent;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.EventIntake;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.EventOutbox;
import org.storysign.plugins.platform.HookFunctions;
import org.storysign.plugins.platform.LiveFunctions;
import org.storysign.plugins.platform.PlatformFunction;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.ServicePage;

/** Makes the platform's functions for dry runs. */
public final class DryPlatform {

    private DryPlatform() {}

    /** The functions over these services, of which nothing is kept. */
    public static List<PlatformFunction> functions(PlatformServices services, AiFunctions ai, EventLimits limits) {
        PlatformServices dry = new PlatformServices(
                new DryKeyValueStore(services.storage()),
                new DryUserDirectory(services.users()),
                new DryContent(services.content()),
                new DryAnalytics(services.analytics()),
                (to, notice, timeout) -> 0,
                (to, toast, timeout) -> {});
        EventIntake events = new EventIntake((event, most, timeout) -> EventOutbox.Acceptance.ACCEPTED, limits);
        LiveFunctions live = new LiveFunctions((message, timeout) -> {});
        return Stream.of(dry.functions(), new HookFunctions(events).all(), live.all(), ai.withoutCost())
                .flatMap(List::stream)
                .toList();
    }

    /** Reads, and says yes. */
    private record DryContent(ContentLibrary library) implements ContentLibrary {

        @Override
        public Optional<ContentItem> find(Reader reader, String id, Duration timeout) {
            return library.find(reader, id, timeout);
        }

        @Override
        public List<ContentItem> list(Reader reader, Optional<String> kind, ServicePage page, Duration timeout) {
            return library.list(reader, kind, page, timeout);
        }

        @Override
        public List<ContentItem> search(Reader reader, Search search, ServicePage page, Duration timeout) {
            return library.search(reader, search, page, timeout);
        }

        @Override
        public boolean create(NewContent content, int most, Duration timeout) {
            return true;
        }
    }

    /** Reads, and says yes. */
    private record DryAnalytics(AnalyticsLog log) implements AnalyticsLog {

        @Override
        public boolean append(DataOwner owner, NewEvent event, int mostADay, Duration timeout) {
            return true;
        }

        @Override
        public List<AnalyticsEvent> events(DataOwner owner, Optional<String> name, ServicePage page, Duration timeout) {
            return log.events(owner, name, page, timeout);
        }
    }
}
