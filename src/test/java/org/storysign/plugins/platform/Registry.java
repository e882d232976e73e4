package org.storysign.plugins.platform;

import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.MemorySize;

/** Every function of the platform, on fakes. */
final class Registry {

    private Registry() {}

    static List<PlatformFunction> functions() {
        List<PlatformFunction> all = new ArrayList<>();
        all.addAll(new StorageFunctions(new InMemoryKeyValueStore(new TestClock())).all());
        all.addAll(new AiFunctions(
                        new ScriptedAi(), new TextBudget(new InMemoryAiLedger(), AiTerms.USUAL, new TestClock()))
                .all());
        all.addAll(new HookFunctions(new EventIntake(
                        (event, limits, timeout) -> EventOutbox.Acceptance.ACCEPTED,
                        new EventLimits(1_000_000, 1_000_000, 8, MemorySize.ofKiB(256))))
                .all());
        return List.copyOf(all);
    }
}
