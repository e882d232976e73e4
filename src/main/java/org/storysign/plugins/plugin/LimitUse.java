package org.storysign.plugins.plugin;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.plugin.history.CallRecord;
import org.storysign.plugins.plugin.history.Counter.Kind;
import org.storysign.plugins.plugin.history.HistoryBatch.Amount;
import org.storysign.plugins.problem.ProblemCode;

/**
 * How near to its limits a plugin came, and how often it ran into them.
 *
 * @param since the first hour of {@code violations} and {@code days}
 * @param violations calls that a limit ended, by the problem's code
 * @param mostSince since when calls are looked at for {@code most}
 * @param most the most that any one recorded call used, against what it may use
 * @param days those on which it was called, by UTC, the oldest first
 */
public record LimitUse(
        Instant since, Map<String, Long> violations, Instant mostSince, List<Line> most, List<Day> days) {

    private static final Set<ProblemCode> VIOLATIONS = EnumSet.of(
            ProblemCode.FUEL_EXHAUSTED,
            ProblemCode.RUN_TIME_EXCEEDED,
            ProblemCode.WAIT_TIME_EXCEEDED,
            ProblemCode.MEMORY_EXHAUSTED,
            ProblemCode.STACK_EXHAUSTED,
            ProblemCode.INPUT_TOO_LARGE,
            ProblemCode.OUTPUT_TOO_LARGE,
            ProblemCode.HOST_CALLS_EXHAUSTED);

    private static final Set<String> CODES =
            VIOLATIONS.stream().map(ProblemCode::code).collect(Collectors.toUnmodifiableSet());

    /** One limit of a call, in effect now. A name says its unit; what was used under a higher limit may be more. */
    public record Line(String name, long used, long limit) {}

    /**
     * A day.
     *
     * @param fuelUsed cost units, of all calls
     * @param runTimeUs of all calls
     */
    public record Day(LocalDate day, long calls, long fuelUsed, long runTimeUs, Map<String, Long> violations) {}

    /** Where nothing was ever called. */
    static LimitUse none(Instant since, Limits limits) {
        return of(since, List.of(), since, new CallRecord.Figures(0, 0, 0, 0, 0), limits);
    }

    static LimitUse of(Instant since, List<Amount> amounts, Instant mostSince, CallRecord.Figures most, Limits limits) {
        TreeMap<LocalDate, List<Amount>> byDay = amounts.stream()
                .collect(Collectors.groupingBy(
                        amount -> LocalDate.ofInstant(amount.hour(), ZoneOffset.UTC),
                        TreeMap::new,
                        Collectors.toList()));
        return new LimitUse(
                since,
                violations(amounts),
                mostSince,
                lines(most, limits),
                byDay.entrySet().stream()
                        .map(day -> day(day.getKey(), day.getValue()))
                        .filter(day -> day.calls() > 0)
                        .toList());
    }

    private static Day day(LocalDate day, List<Amount> amounts) {
        return new Day(
                day,
                sum(amounts, Kind.CALLS),
                sum(amounts, Kind.FUEL),
                sum(amounts, Kind.RUN_TIME),
                violations(amounts));
    }

    private static List<Line> lines(CallRecord.Figures most, Limits limits) {
        return List.of(
                new Line("fuel", most.fuel(), limits.fuel().units()),
                new Line("memory_bytes", most.peakMemory(), limits.memory().bytes()),
                new Line("run_time_us", most.runMicros(), limits.runTime().toNanos() / 1_000),
                new Line("wait_time_us", most.waitMicros(), limits.waitTime().toNanos() / 1_000),
                new Line("host_calls", most.hostCalls(), limits.hostCalls()));
    }

    private static long sum(Collection<Amount> amounts, Kind kind) {
        return amounts.stream()
                .filter(amount -> amount.counter().kind() == kind)
                .mapToLong(Amount::amount)
                .sum();
    }

    private static Map<String, Long> violations(Collection<Amount> amounts) {
        return amounts.stream()
                .filter(amount -> amount.counter().kind() == Kind.FAILED
                        && CODES.contains(amount.counter().name()))
                .collect(Collectors.toMap(amount -> amount.counter().name(), Amount::amount, Long::sum, TreeMap::new));
    }
}
