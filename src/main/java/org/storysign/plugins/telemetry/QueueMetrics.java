package org.storysign.plugins.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.storysign.plugins.hook.HookOutcome;
import org.storysign.plugins.hook.queue.EventStore;
import org.storysign.plugins.hook.queue.EventWatcher;
import org.storysign.plugins.hook.queue.QueueFigures;
import org.storysign.plugins.hook.queue.Verdict;

/**
 * The queue, counted: {@code plugin_events_total} by {@code verdict} (done, retry, postpone, dead) of this process; of all tenants
 * together, looked at every 15 seconds, {@code plugin_queue_events} by {@code state} (queued, working, dead) and
 * {@code plugin_queue_oldest_seconds}. Safe for concurrent use.
 */
@Singleton
public final class QueueMetrics implements EventWatcher {

    private final MeterRegistry registry;
    private final CallMetrics calls;
    private final EventStore store;
    private volatile QueueFigures figures = new QueueFigures(0, 0, 0, Duration.ZERO);

    @Inject
    QueueMetrics(MeterRegistry registry, CallMetrics calls, EventStore store) {
        this.registry = registry;
        this.calls = calls;
        this.store = store;
        gauge("queued", QueueFigures::queued);
        gauge("working", QueueFigures::working);
        gauge("dead", QueueFigures::dead);
        registry.gauge(
                "plugin.queue.oldest.seconds",
                this,
                metrics -> metrics.figures.oldest().toMillis() / 1_000.0);
    }

    @Override
    public void ran(HookOutcome outcome) {
        calls.record(outcome);
    }

    @Override
    public void settled(Verdict verdict) {
        registry.counter("plugin.events", "verdict", verdict.publicName()).increment();
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return store.figures().invoke(found -> figures = found).replaceWithVoid();
    }

    private void gauge(String state, ToDoubleFunction<QueueFigures> figure) {
        registry.gauge(
                "plugin.queue.events",
                io.micrometer.core.instrument.Tags.of("state", state),
                this,
                metrics -> figure.applyAsDouble(metrics.figures));
    }
}
