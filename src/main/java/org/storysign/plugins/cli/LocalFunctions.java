package org.storysign.plugins.cli;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.AiFunctions;
import org.storysign.plugins.platform.AiLedger;
import org.storysign.plugins.platform.AiService;
import org.storysign.plugins.platform.AiTerms;
import org.storysign.plugins.platform.EventIntake;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.EventOutbox.Acceptance;
import org.storysign.plugins.platform.HookFunctions;
import org.storysign.plugins.platform.LiveFunctions;
import org.storysign.plugins.platform.PlatformFunction;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.TextBudget;
import org.storysign.plugins.platform.memory.InMemoryAnalytics;
import org.storysign.plugins.platform.memory.InMemoryContent;
import org.storysign.plugins.platform.memory.InMemoryNotifications;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** The platform on the author's own machine: services that last as long as the command, no models, and events that go nowhere. */
final class LocalFunctions {

    private static final EventLimits USUAL = new EventLimits(1_000, 10_000, 8, MemorySize.ofKiB(256));

    private LocalFunctions() {}

    static List<PlatformFunction> all() {
        EventIntake events = new EventIntake((event, limits, timeout) -> Acceptance.ACCEPTED, USUAL);
        TextBudget budget = new TextBudget(AiLedger.UNLIMITED, AiTerms.USUAL, Clock.systemUTC());
        return Stream.of(
                        services().functions(),
                        new AiFunctions(AiService.NONE, budget).all(),
                        new HookFunctions(events).all(),
                        new LiveFunctions((message, timeout) -> {}).all())
                .flatMap(List::stream)
                .toList();
    }

    private static PlatformServices services() {
        InMemoryNotifications notifications = new InMemoryNotifications();
        return new PlatformServices(
                new PassingStorage(),
                new InMemoryUsers(),
                new InMemoryContent(Clock.systemUTC()),
                new InMemoryAnalytics(Clock.systemUTC()),
                notifications,
                notifications);
    }
}
