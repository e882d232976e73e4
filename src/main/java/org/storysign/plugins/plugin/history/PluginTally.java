package org.storysign.plugins.plugin.history;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.history.Counter.Kind;
import org.storysign.plugins.sandbox.Usage;

/** The figures of one plugin since they were last written, and how much of the present second's room it has taken. Safe for concurrent use. */
final class PluginTally {

    private final HistoryTerms terms;
    private Map<Counter, Long> counts = new HashMap<>();
    private long second;
    private int calls;
    private int failures;
    private int lines;
    private boolean closed;

    PluginTally(HistoryTerms terms) {
        this.terms = terms;
    }

    /** What of a call is kept beside its figures. */
    record Kept(boolean call, int lines) {}

    /** Counts a call; null when this tally was closed and another must be taken. */
    synchronized @Nullable Kept count(InvocationLog.End end, Instant at) {
        if (closed) {
            return null;
        }
        turn(at.getEpochSecond());
        count(Kind.CALLS, 1);
        count(end.usage());
        end.problem().ifPresent(code -> add(new Counter(Kind.FAILED, code.code()), 1));
        int kept = Math.min(end.log().size(), terms.lines() - lines);
        lines += kept;
        count(Kind.LINES, end.log().size());
        count(Kind.LINES_LEFT_OUT, end.log().size() - kept);
        return new Kept(end.problem().isPresent() ? keepsFailure() : keepsCall(), kept);
    }

    /** Whether it was counted; else this tally was closed and another must be taken. */
    synchronized boolean count(Counter counter, long amount) {
        if (!closed) {
            add(counter, amount);
        }
        return !closed;
    }

    /** All figures; then all are 0. A tally without any is closed. */
    synchronized Map<Counter, Long> drain() {
        Map<Counter, Long> drained = counts;
        closed = drained.isEmpty();
        counts = new HashMap<>();
        return drained;
    }

    private void turn(long present) {
        if (present > second) {
            second = present;
            calls = 0;
            failures = 0;
            lines = 0;
        }
    }

    private boolean keepsCall() {
        return calls < terms.calls() && ++calls > 0;
    }

    private boolean keepsFailure() {
        if (failures < terms.failures()) {
            failures++;
            return true;
        }
        count(Kind.FAILURES_LEFT_OUT, 1);
        return false;
    }

    private void count(Usage usage) {
        count(Kind.FUEL, usage.fuel().units());
        count(Kind.RUN_TIME, usage.runTime().toNanos() / 1_000);
        count(Kind.WAIT_TIME, usage.waitTime().toNanos() / 1_000);
        count(Kind.HOST_CALLS, usage.hostCalls());
    }

    private void count(Kind kind, long amount) {
        if (amount > 0) {
            add(Counter.of(kind), amount);
        }
    }

    private void add(Counter counter, long amount) {
        counts.merge(counter, amount, Long::sum);
    }
}
