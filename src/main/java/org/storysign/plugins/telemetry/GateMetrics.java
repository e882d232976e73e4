package org.storysign.plugins.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.platform.GateAnswer;
import org.storysign.plugins.platform.GateListener;
import org.storysign.plugins.problem.ProblemCode;

/**
 * Calls of the platform by guests: {@code plugin_host_call_duration_seconds} by {@code function} and {@code outcome} (served, or a
 * problem's code). Both labels come from lists that cannot grow. Safe for concurrent use.
 */
@ApplicationScoped
public class GateMetrics implements GateListener {

    private final MeterRegistry registry;
    private final Map<Label, Timer> timers = new ConcurrentHashMap<>();

    @Inject
    public GateMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Label(String function, String outcome) {}

    @Override
    public void answered(GateAnswer answer) {
        Label label = new Label(
                answer.function(), answer.refused().map(ProblemCode::code).orElse("served"));
        timers.computeIfAbsent(label, this::timer).record(answer.took());
    }

    private Timer timer(Label label) {
        return Timer.builder("plugin.host.call.duration")
                .description("from a guest's call of a platform function to its answer")
                .tag("function", label.function())
                .tag("outcome", label.outcome())
                .register(registry);
    }
}
