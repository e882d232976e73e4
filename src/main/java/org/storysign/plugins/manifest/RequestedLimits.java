package org.storysign.plugins.manifest;

import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;

/** What a plugin says it needs; it can lower a level's limits, never raise them. */
public record RequestedLimits(Optional<MemorySize> memory, Optional<Fuel> fuel, Optional<Duration> runTime) {

    public static final RequestedLimits NONE =
            new RequestedLimits(Optional.empty(), Optional.empty(), Optional.empty());

    /** The level's limits, lowered to what was asked for. */
    public Limits lower(Limits limits) {
        Limits asked = limits;
        asked = memory.map(asked::withMemory).orElse(asked);
        asked = fuel.map(asked::withFuel).orElse(asked);
        asked = runTime.map(asked::withRunTime).orElse(asked);
        return asked.atMost(limits);
    }
}
