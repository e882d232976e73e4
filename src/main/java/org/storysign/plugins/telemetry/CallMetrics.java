package org.storysign.plugins.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.hook.HandlerExecution;
import org.storysign.plugins.hook.HookOutcome;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Usage;

/**
 * Calls of guests, counted: {@code plugin_calls_total} by {@code outcome} (returned, or a problem's code), {@code plugin_fuel_used} in
 * cost units, {@code plugin_call_duration_seconds}; and {@code plugin_call_refused_seconds} of calls that found no room, from when the call
 * was asked for, with a bucket for the 50 ms within which that is to happen. Safe for concurrent use.
 */
@ApplicationScoped
public class CallMetrics {

    private static final String CALLS = "plugin.calls";
    private static final String OUTCOME = "outcome";
    private static final Duration TO_BE_REFUSED_WITHIN = Duration.ofMillis(50);
    private static final Set<ProblemCode> NO_ROOM = EnumSet.of(ProblemCode.OVERLOADED, ProblemCode.PLUGIN_OVERLOADED);

    private final Counter returned;
    private final Map<ProblemCode, Counter> failed = new EnumMap<>(ProblemCode.class);
    private final DistributionSummary fuel;
    private final Timer duration;
    private final Timer refused;

    @Inject
    public CallMetrics(MeterRegistry registry) {
        returned = registry.counter(CALLS, OUTCOME, "returned");
        for (ProblemCode code : ProblemCode.values()) {
            failed.put(code, registry.counter(CALLS, OUTCOME, code.code()));
        }
        fuel = DistributionSummary.builder("plugin.fuel.used")
                .description("cost units a call used")
                .register(registry);
        duration = Timer.builder("plugin.call.duration")
                .description("run time and wait time of a call")
                .register(registry);
        refused = Timer.builder("plugin.call.refused")
                .description("until a call was refused for lack of room")
                .serviceLevelObjectives(Duration.ofMillis(20), TO_BE_REFUSED_WITHIN, Duration.ofMillis(250))
                .register(registry);
    }

    /** A call that was asked for so long ago and failed; counts if that was for lack of room. */
    public void failed(Throwable fault, Duration after) {
        if (fault instanceof ProblemException problem && NO_ROOM.contains(problem.code())) {
            refused.record(after);
        }
    }

    /** Every handler of a hook's chain that was called. */
    public void record(HookOutcome outcome) {
        outcome.executions()
                .forEach(execution ->
                        record(execution.usage(), execution.problem().map(HandlerExecution.Problem::code)));
    }

    public void record(CallResult result) {
        record(
                result.usage(),
                switch (result) {
                    case CallResult.Returned _ -> Optional.empty();
                    case CallResult.Trapped trapped ->
                        Optional.of(trapped.trap().code());
                });
    }

    private void record(Usage usage, Optional<ProblemCode> problem) {
        problem.map(failed::get).orElse(returned).increment();
        fuel.record(usage.fuel().units());
        duration.record(usage.duration());
    }
}
