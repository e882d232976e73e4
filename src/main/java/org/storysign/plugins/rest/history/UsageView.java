package org.storysign.plugins.rest.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.plugin.history.Counter.Kind;
import org.storysign.plugins.plugin.history.HistoryBatch.Amount;
import org.storysign.plugins.plugin.history.HistoryStore.StoredData;

/**
 * How much a plugin used.
 *
 * @param since the first hour that is looked at
 * @param total of all hours
 * @param hours those in which it did anything, the oldest first
 */
public record UsageView(StoredView stored, Instant since, FiguresView total, List<HourView> hours) {

    /** What it keeps in storage now, and may keep. */
    public record StoredView(long keys, long bytes, long keysLimit, long bytesLimit) {

        static StoredView of(StoredData data, DataLimits limits) {
            return new StoredView(
                    data.keys(), data.bytes(), limits.keys(), limits.bytes().bytes());
        }
    }

    /** An hour, by its beginning. */
    public record HourView(Instant hour, FiguresView figures) {}

    /**
     * Sums.
     *
     * @param failures failed calls by the problem's code
     * @param functions calls of the platform by function
     * @param denials those of them that were denied
     * @param failuresNotRecorded failed calls that are counted, but missing among the invocations
     * @param logLinesLeftOut of {@code logLines}, those that are missing in the log
     */
    public record FiguresView(
            long calls,
            long failed,
            long fuelUsed,
            long runTimeUs,
            long waitTimeUs,
            long hostCalls,
            Map<String, Long> failures,
            Map<String, Long> functions,
            Map<String, Long> denials,
            long failuresNotRecorded,
            long logLines,
            long logLinesLeftOut) {

        static FiguresView of(List<Amount> amounts) {
            Map<String, Long> failures = named(amounts, Kind.FAILED);
            return new FiguresView(
                    sum(amounts, Kind.CALLS),
                    sum(amounts, Kind.FAILED),
                    sum(amounts, Kind.FUEL),
                    sum(amounts, Kind.RUN_TIME),
                    sum(amounts, Kind.WAIT_TIME),
                    sum(amounts, Kind.HOST_CALLS),
                    failures,
                    named(amounts, Kind.FUNCTION),
                    named(amounts, Kind.DENIED),
                    sum(amounts, Kind.FAILURES_LEFT_OUT),
                    sum(amounts, Kind.LINES),
                    sum(amounts, Kind.LINES_LEFT_OUT));
        }

        private static long sum(List<Amount> amounts, Kind kind) {
            return amounts.stream()
                    .filter(amount -> amount.counter().kind() == kind)
                    .mapToLong(Amount::amount)
                    .sum();
        }

        private static Map<String, Long> named(List<Amount> amounts, Kind kind) {
            return amounts.stream()
                    .filter(amount -> amount.counter().kind() == kind)
                    .collect(Collectors.toMap(
                            amount -> amount.counter().name(), Amount::amount, Long::sum, TreeMap::new));
        }
    }

    static UsageView of(StoredView stored, Instant since, List<Amount> amounts) {
        Map<Instant, List<Amount>> byHour = amounts.stream()
                .collect(Collectors.groupingBy(Amount::hour, TreeMap::new, Collectors.toCollection(ArrayList::new)));
        return new UsageView(
                stored,
                since,
                FiguresView.of(amounts),
                byHour.entrySet().stream()
                        .map(hour -> new HourView(hour.getKey(), FiguresView.of(hour.getValue())))
                        .toList());
    }
}
