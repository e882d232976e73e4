package org.storysign.plugins.platform;

import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.memory.InMemoryAnalytics;
import org.storysign.plugins.platform.memory.InMemoryContent;
import org.storysign.plugins.platform.memory.InMemoryNotifications;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** Every function of the platform, on fakes. */
final class Registry {

    private Registry() {}

    static List<PlatformFunction> functions() {
        List<PlatformFunction> all = new ArrayList<>();
        InMemoryNotifications notifications = new InMemoryNotifications();
        all.addAll(new PlatformServices(
                        new InMemoryKeyValueStore(new TestClock()),
                        new InMemoryUsers(),
                        new InMemoryContent(new TestClock()),
                        new InMemoryAnalytics(new TestClock()),
                        notifications,
                        notifications)
                .functions());
        all.addAll(new AiFunctions(
                        new ScriptedAi(), new TextBudget(new InMemoryAiLedger(), AiTerms.USUAL, new TestClock()))
                .all());
        all.addAll(new HookFunctions(new EventIntake(
                        (event, limits, timeout) -> EventOutbox.Acceptance.ACCEPTED,
                        new EventLimits(1_000_000, 1_000_000, 8, MemorySize.ofKiB(256))))
                .all());
        all.addAll(new LiveFunctions((message, timeout) -> {}).all());
        return List.copyOf(all);
    }
}
