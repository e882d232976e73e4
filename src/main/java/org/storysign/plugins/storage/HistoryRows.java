package org.storysign.plugins.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.plugin.history.CallRecord;
import org.storysign.plugins.plugin.history.Counter;
import org.storysign.plugins.plugin.history.EndedCall;
import org.storysign.plugins.plugin.history.HistoryBatch;
import org.storysign.plugins.plugin.history.Invocation;
import org.storysign.plugins.plugin.history.LineRecord;
import org.storysign.plugins.plugin.history.LoggedLine;
import org.storysign.plugins.plugin.history.Occasion;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Usage;

/** What plugins did, as {@code history_write} takes it and as rows give it back. */
final class HistoryRows {

    static final String CALL = "sequence, CAST(id AS text), at, release, kind, name, handler, for_user, dry_run, trace,"
            + " run_us, wait_us, fuel, peak_memory, host_calls, code, would";
    static final String MOST = "coalesce(max(run_us), 0), coalesce(max(wait_us), 0), coalesce(max(fuel), 0),"
            + " coalesce(max(peak_memory), 0), coalesce(max(host_calls), 0)";
    static final String LINE = "sequence, at, CAST(invocation AS text), level, text";
    static final String AMOUNT = "hour, kind, name, amount";

    /** An export may be called by any name a client thinks of. */
    private static final int LONGEST_HANDLER = 200;

    private HistoryRows() {}

    static ArrayNode calls(HistoryBatch batch) {
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        batch.calls().forEach(call -> put(calls.addObject(), call));
        return calls;
    }

    static ArrayNode lines(HistoryBatch batch) {
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        batch.lines().forEach(line -> put(lines.addObject(), line));
        return lines;
    }

    static ArrayNode amounts(HistoryBatch batch) {
        ArrayNode amounts = JsonNodeFactory.instance.arrayNode();
        batch.amounts()
                .forEach(more -> amounts.addObject()
                        .put("plugin", more.plugin().value())
                        .put("hour", more.hour().toString())
                        .put("kind", more.counter().kind().publicName())
                        .put("name", more.counter().name())
                        .put("amount", more.amount()));
        return amounts;
    }

    private static void put(ObjectNode row, EndedCall call) {
        Invocation invocation = call.invocation();
        Usage usage = call.usage();
        row.put("plugin", invocation.context().plugin().value())
                .put("id", invocation.context().invocation().toString())
                .put("at", call.at().toString())
                .put("release", invocation.release().toString())
                .put("kind", invocation.occasion().kind().publicName())
                .put("name", invocation.occasion().name().orElse(null))
                .put("handler", handler(invocation.occasion().handler()))
                .put("for_user", invocation.context().user().isPresent())
                .put("dry_run", invocation.context().dryRun())
                .put("trace", invocation.trace().map(TraceId::value).orElse(null))
                .put("run_us", usage.runTime().toNanos() / 1_000)
                .put("wait_us", usage.waitTime().toNanos() / 1_000)
                .put("fuel", usage.fuel().units())
                .put("peak_memory", usage.peakMemory().bytes())
                .put("host_calls", usage.hostCalls())
                .put("code", call.problem().map(ProblemCode::code).orElse(null))
                .put("would", call.would().orElse(null));
    }

    private static void put(ObjectNode row, LoggedLine line) {
        row.put("plugin", line.plugin().value())
                .put("invocation", line.invocation().map(InvocationId::toString).orElse(null))
                .put("at", line.at().toString())
                .put("level", line.line().level().ordinal())
                .put("text", line.line().text());
    }

    private static String handler(String export) {
        String safe = LogLine.of(LogLine.Level.INFO, export).text();
        return safe.substring(
                0, safe.offsetByCodePoints(0, Math.min(LONGEST_HANDLER, safe.codePointCount(0, safe.length()))));
    }

    static CallRecord call(Object[] row) {
        Occasion occasion = new Occasion(
                Occasion.Kind.valueOf(((String) row[4]).toUpperCase(Locale.ROOT)),
                Optional.ofNullable((String) row[5]),
                (String) row[6]);
        return new CallRecord(
                (Long) row[0],
                UUID.fromString((String) row[1]),
                ((OffsetDateTime) row[2]).toInstant(),
                (String) row[3],
                occasion,
                (Boolean) row[7],
                (Boolean) row[8],
                Optional.ofNullable((String) row[9]),
                new CallRecord.Figures(
                        (Long) row[10], (Long) row[11], (Long) row[12], (Long) row[13], (Integer) row[14]),
                Optional.ofNullable((String) row[15]),
                Optional.ofNullable((String) row[16]));
    }

    static CallRecord.Figures most(Object[] row) {
        return new CallRecord.Figures((Long) row[0], (Long) row[1], (Long) row[2], (Long) row[3], (Integer) row[4]);
    }

    static LineRecord line(Object[] row) {
        return new LineRecord(
                (Long) row[0],
                ((OffsetDateTime) row[1]).toInstant(),
                Optional.ofNullable((String) row[2]).map(UUID::fromString),
                new LogLine(LogLine.Level.values()[((Number) row[3]).intValue()], (String) row[4]));
    }

    static HistoryBatch.Amount amount(PluginId plugin, Object[] row) {
        Counter.Kind kind = Counter.Kind.valueOf(((String) row[1]).toUpperCase(Locale.ROOT));
        return new HistoryBatch.Amount(
                plugin, ((OffsetDateTime) row[0]).toInstant(), new Counter(kind, (String) row[2]), (Long) row[3]);
    }
}
