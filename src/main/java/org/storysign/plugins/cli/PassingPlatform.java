package org.storysign.plugins.cli;

import java.util.List;
import java.util.stream.Stream;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.EventIntake;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.EventOutbox.Acceptance;
import org.storysign.plugins.platform.HookFunctions;
import org.storysign.plugins.platform.PlatformFunction;
import org.storysign.plugins.platform.StorageFunctions;

/** The platform on the command line: it works, and nothing of it outlives the call. An emitted hook is taken and goes nowhere. */
final class PassingPlatform {

    private static final EventLimits USUAL = new EventLimits(1_000, 10_000, 10, 8, MemorySize.ofKiB(256));

    private PassingPlatform() {}

    static List<PlatformFunction> functions() {
        EventIntake events = new EventIntake((event, limits, timeout) -> Acceptance.ACCEPTED, USUAL);
        return Stream.of(new StorageFunctions(new PassingStorage()).all(), new HookFunctions(events).all())
                .flatMap(List::stream)
                .toList();
    }
}
