package org.storysign.plugins.storage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** How the database's functions for plugins' data (migration 1) are asked and answer, for those who call them. */
final class DataFunctions {

    private static final String PLUGIN_ITSELF = "";
    private static final long ALWAYS = -1;
    private static final long ABSENT = 0;
    private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

    private DataFunctions() {}

    static String user(DataOwner owner) {
        return owner.user().map(UserId::value).orElse(PLUGIN_ITSELF);
    }

    /** The key, when it can be kept; else {@code data-invalid}. */
    static String key(String key) {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > KeyValueStore.LARGEST_KEY) {
            throw invalid("has " + length + " bytes, expected 1 to " + KeyValueStore.LARGEST_KEY, key);
        }
        return storable(key);
    }

    /** The text, unless PostgreSQL cannot hold it: the character 0, half a surrogate pair. */
    static String storable(String text) {
        boolean broken = text.codePoints()
                .anyMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
        if (broken) {
            throw invalid("holds the character 0 or half a surrogate pair", text);
        }
        return text;
    }

    /** Milliseconds, or null for ever. */
    static @Nullable Long lifetime(Optional<Duration> timeToLive) {
        if (timeToLive.isEmpty()) {
            return null;
        }
        Duration life = timeToLive.get();
        return (life.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : life).toMillis();
    }

    static long condition(WriteCondition condition) {
        return switch (condition) {
            case WriteCondition.Always _ -> ALWAYS;
            case WriteCondition.Absent _ -> ABSENT;
            case WriteCondition.AtRevision(long revision) -> Math.max(1, revision);
        };
    }

    /** What {@code data_put} answered. */
    static WriteOutcome put(String outcome, long revision, boolean created, DataLimits limits) {
        return switch (outcome) {
            case "keys" -> new WriteOutcome.OverLimit("at most " + limits.keys() + " keys");
            case "bytes" -> new WriteOutcome.OverLimit("at most " + limits.bytes() + " of keys and values");
            case String other -> write(other, revision, created);
        };
    }

    /** What a function answered that writes under a condition. */
    static WriteOutcome write(String outcome, long revision, boolean created) {
        return switch (outcome) {
            case "done" -> new WriteOutcome.Done(revision, created);
            case "condition" -> new WriteOutcome.ConditionFailed();
            case String other -> throw new IllegalStateException("a writing function answered " + other);
        };
    }

    /** What {@code data_delete} or its like answered. */
    static WriteOutcome delete(String outcome, long revision) {
        return switch (outcome) {
            case "done" -> new WriteOutcome.Done(revision, false);
            case "condition" -> new WriteOutcome.ConditionFailed();
            case "missing" -> new WriteOutcome.Missing();
            case String other -> throw new IllegalStateException("a deleting function answered " + other);
        };
    }

    private static ProblemException invalid(String what, String key) {
        return new ProblemException(
                ProblemCode.DATA_INVALID,
                "the key " + GuestText.quote(key) + " " + what,
                Map.of(FactKey.KEY, GuestText.quote(key)));
    }
}
