package org.storysign.plugins.plugin.history;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.GateAnswer;
import org.storysign.plugins.platform.GateListener;
import org.storysign.plugins.plugin.history.Counter.Kind;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.LogLine;

/**
 * What plugins did since it was last written, in bounded memory. Figures are exact; of calls and lines only as many are kept as the terms
 * say, and what is left out is counted. Safe for concurrent use; nobody waits.
 */
public final class CallHistory implements InvocationLog, GateListener {

    private static final Set<ProblemCode> DENIED =
            EnumSet.of(ProblemCode.PERMISSION_DENIED, ProblemCode.QUOTA_EXCEEDED, ProblemCode.HTTP_DENIED);

    private final HistoryTerms terms;
    private final Clock clock;
    private final BoundedBuffer<EndedCall> calls;
    private final BoundedBuffer<LoggedLine> lines;
    private final Map<Key, PluginTally> tallies = new ConcurrentHashMap<>();

    public CallHistory(HistoryTerms terms, Clock clock) {
        this.terms = terms;
        this.clock = clock;
        this.calls = new BoundedBuffer<>(terms.waiting());
        this.lines = new BoundedBuffer<>(terms.waitingText());
    }

    private record Key(TenantId tenant, PluginId plugin) {

        static Key of(CallContext context) {
            return new Key(context.tenant(), context.plugin());
        }
    }

    @Override
    public void ended(Invocation invocation, End end) {
        Instant now = clock.instant();
        Key key = Key.of(invocation.context());
        PluginTally.Kept kept = counted(key, tally -> tally.count(end, now));
        EndedCall call = new EndedCall(invocation, now, end.usage(), end.problem(), end.would());
        if (kept.call() && !calls.offer(call, call.weight()) && end.problem().isPresent()) {
            count(key, Counter.of(Kind.FAILURES_LEFT_OUT), 1);
        }
        end.log().stream()
                .limit(kept.lines())
                .map(line -> new LoggedLine(
                        key.tenant(),
                        key.plugin(),
                        Optional.of(invocation.context().invocation()),
                        now,
                        line))
                .filter(line -> !lines.offer(line, line.weight()))
                .forEach(line -> count(key, Counter.of(Kind.LINES_LEFT_OUT), 1));
    }

    @Override
    public void answered(GateAnswer answer) {
        Key key = new Key(answer.tenant(), answer.plugin());
        count(key, new Counter(Kind.FUNCTION, answer.function()), 1);
        if (answer.refused().filter(DENIED::contains).isPresent()) {
            count(key, new Counter(Kind.DENIED, answer.function()), 1);
        }
    }

    /** What there is to be written, by tenant. */
    public Map<TenantId, HistoryBatch> drain() {
        Instant now = clock.instant();
        Map<TenantId, Batch> batches = new HashMap<>();
        Map<Key, Map<Counter, Long>> figures = figures();
        calls.drain()
                .forEach(call -> batches.computeIfAbsent(
                                call.invocation().context().tenant(), Batch::new)
                        .calls
                        .add(call));
        lines.drain()
                .forEach(line ->
                        batches.computeIfAbsent(line.tenant(), Batch::new).lines.add(line));
        figures.forEach((key, counts) ->
                batches.computeIfAbsent(key.tenant(), Batch::new).add(key, counts, now));
        Map<TenantId, HistoryBatch> drained = new HashMap<>();
        batches.forEach(
                (tenant, batch) -> drained.put(tenant, new HistoryBatch(batch.calls, batch.lines, batch.amounts)));
        return drained;
    }

    private Map<Key, Map<Counter, Long>> figures() {
        Map<Key, Map<Counter, Long>> figures = new HashMap<>();
        tallies.forEach((key, tally) -> {
            Map<Counter, Long> counts = tally.drain();
            if (counts.isEmpty()) {
                tallies.remove(key, tally);
            } else {
                figures.put(key, counts);
            }
        });
        return figures;
    }

    private void count(Key key, Counter counter, long amount) {
        counted(key, tally -> tally.count(counter, amount) ? true : null);
    }

    /** Asks the plugin's tally; another one if that was closed meanwhile. */
    private <T> T counted(Key key, Function<PluginTally, @Nullable T> count) {
        while (true) {
            PluginTally tally = tallies.computeIfAbsent(key, unknown -> new PluginTally(terms));
            T counted = count.apply(tally);
            if (counted != null) {
                return counted;
            }
            tallies.remove(key, tally);
        }
    }

    /** A tenant's batch while it is gathered. */
    private static final class Batch {

        private final TenantId tenant;
        private final List<EndedCall> calls = new ArrayList<>();
        private final List<LoggedLine> lines = new ArrayList<>();
        private final List<HistoryBatch.Amount> amounts = new ArrayList<>();

        Batch(TenantId tenant) {
            this.tenant = tenant;
        }

        void add(Key key, Map<Counter, Long> counts, Instant now) {
            Instant hour = now.truncatedTo(ChronoUnit.HOURS);
            counts.forEach(
                    (counter, amount) -> amounts.add(new HistoryBatch.Amount(key.plugin(), hour, counter, amount)));
            Long leftOut = counts.get(Counter.of(Kind.LINES_LEFT_OUT));
            if (leftOut != null) {
                String text = "%d lines were left out here: the plugin logs more than is kept".formatted(leftOut);
                lines.add(new LoggedLine(
                        tenant, key.plugin(), Optional.empty(), now, new LogLine(LogLine.Level.WARN, text)));
            }
        }
    }
}
