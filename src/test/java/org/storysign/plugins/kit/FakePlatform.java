package org.storysign.plugins.kit;

import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.AiFunctions;
import org.storysign.plugins.platform.AiLedger;
import org.storysign.plugins.platform.AiTerms;
import org.storysign.plugins.platform.EventIntake;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.EventOutbox;
import org.storysign.plugins.platform.HookFunctions;
import org.storysign.plugins.platform.InMemoryKeyValueStore;
import org.storysign.plugins.platform.LiveFunctions;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.platform.NewEvent;
import org.storysign.plugins.platform.PlatformFunction;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.ScriptedAi;
import org.storysign.plugins.platform.TextBudget;
import org.storysign.plugins.platform.memory.InMemoryAnalytics;
import org.storysign.plugins.platform.memory.InMemoryContent;
import org.storysign.plugins.platform.memory.InMemoryNotifications;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** Every service of the platform in memory: what guests left there can be looked at. */
public record FakePlatform(
        InMemoryKeyValueStore storage,
        InMemoryUsers users,
        InMemoryContent content,
        InMemoryAnalytics analytics,
        InMemoryNotifications notifications,
        ScriptedAi ai,
        List<NewEvent> events,
        List<LiveMessage> messages) {

    private static final EventLimits EVENTS = new EventLimits(1_000_000, 1_000_000, 8, MemorySize.ofKiB(256));

    public FakePlatform() {
        this(
                new InMemoryKeyValueStore(new TestClock()),
                new InMemoryUsers(),
                new InMemoryContent(new TestClock()),
                new InMemoryAnalytics(new TestClock()),
                new InMemoryNotifications(),
                new ScriptedAi(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** Every function there is, on these services. */
    public List<PlatformFunction> functions() {
        List<PlatformFunction> all = new ArrayList<>(
                new PlatformServices(storage, users, content, analytics, notifications, notifications).functions());
        all.addAll(new AiFunctions(ai, new TextBudget(AiLedger.UNLIMITED, AiTerms.USUAL, new TestClock())).all());
        all.addAll(new HookFunctions(new EventIntake(
                        (event, limits, timeout) -> {
                            events.add(event);
                            return EventOutbox.Acceptance.ACCEPTED;
                        },
                        EVENTS))
                .all());
        all.addAll(new LiveFunctions((message, timeout) -> messages.add(message)).all());
        return List.copyOf(all);
    }
}
