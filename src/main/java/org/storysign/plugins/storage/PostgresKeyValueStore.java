package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Plugins' data in PostgreSQL. Each operation is one function of the database, called in one round trip, and one transaction. Writes
 * of one plugin happen one after the other, so that its quotas are exact. When {@code timeout} passes first, a write may still be
 * made.
 */
@Singleton
public final class PostgresKeyValueStore implements KeyValueStore {

    private static final String PLUGIN_ITSELF = "";
    private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

    private final Pool pool;

    @Inject
    PostgresKeyValueStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Optional<StoredValue> get(DataOwner owner, String key, Duration timeout) {
        return ask("SELECT value, revision, expires_at FROM data_get($1, $2, $3, $4)", of(owner, key), timeout).stream()
                .findFirst()
                .map(row -> new StoredValue(
                        row.getString("value"), row.getLong("revision"), expiry(row.getOffsetDateTime("expires_at"))));
    }

    @Override
    public WriteOutcome put(DataOwner owner, DataWrite write, DataLimits limits, Duration timeout) {
        Tuple arguments = of(owner, write.key())
                .addString(write.json())
                .addLong(lifetime(write.timeToLive()))
                .addLong(revision(write.condition()))
                .addLong((long) limits.keys())
                .addLong(limits.bytes().bytes());
        Row row = ask(
                        "SELECT outcome, new_revision, created FROM data_put($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                        arguments,
                        timeout)
                .getFirst();
        return switch (row.getString("outcome")) {
            case "done" -> new WriteOutcome.Done(row.getLong("new_revision"), row.getBoolean("created"));
            case "condition" -> new WriteOutcome.ConditionFailed();
            case "keys" -> new WriteOutcome.OverLimit("at most " + limits.keys() + " keys");
            case "bytes" -> new WriteOutcome.OverLimit("at most " + limits.bytes() + " of keys and values");
            case String other -> throw new IllegalStateException("data_put answered " + other);
        };
    }

    @Override
    public WriteOutcome delete(DataOwner owner, String key, WriteCondition condition, Duration timeout) {
        Tuple arguments = of(owner, key).addLong(revision(condition));
        Row row = ask("SELECT outcome, old_revision FROM data_delete($1, $2, $3, $4, $5)", arguments, timeout)
                .getFirst();
        return switch (row.getString("outcome")) {
            case "done" -> new WriteOutcome.Done(row.getLong("old_revision"), false);
            case "condition" -> new WriteOutcome.ConditionFailed();
            case "missing" -> new WriteOutcome.Missing();
            case String other -> throw new IllegalStateException("data_delete answered " + other);
        };
    }

    @Override
    public List<String> keys(DataOwner owner, KeyRange range, Duration timeout) {
        requireStorable(range.prefix());
        range.after().ifPresent(PostgresKeyValueStore::requireStorable);
        Tuple arguments = of(owner)
                .addString(range.prefix())
                .addString(orNull(range.after()))
                .addInteger(range.limit());
        return ask("SELECT key FROM data_keys($1, $2, $3, $4, $5, $6)", arguments, timeout).stream()
                .map(row -> row.getString("key"))
                .toList();
    }

    private List<Row> ask(String function, Tuple arguments, Duration timeout) {
        try {
            RowSet<Row> rows =
                    pool.preparedQuery(function).execute(arguments).await().atMost(timeout);
            List<Row> found = new ArrayList<>(rows.size());
            rows.forEach(found::add);
            return found;
        } catch (RuntimeException e) {
            throw DatabaseFaults.translate(e);
        }
    }

    private static Tuple of(DataOwner owner) {
        return Tuple.of(
                owner.tenant().value(),
                owner.plugin().value(),
                owner.user().map(UserId::value).orElse(PLUGIN_ITSELF));
    }

    private static Tuple of(DataOwner owner, String key) {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > LARGEST_KEY) {
            throw invalid("has " + length + " bytes, expected 1 to " + LARGEST_KEY, key);
        }
        requireStorable(key);
        return of(owner).addString(key);
    }

    /** PostgreSQL's text holds neither the character 0 nor half a surrogate pair. */
    private static void requireStorable(String text) {
        boolean broken = text.codePoints()
                .anyMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
        if (broken) {
            throw invalid("holds the character 0 or half a surrogate pair", text);
        }
    }

    private static ProblemException invalid(String what, String key) {
        return new ProblemException(
                ProblemCode.DATA_INVALID,
                "the key " + GuestText.quote(key) + " " + what,
                Map.of(FactKey.KEY, GuestText.quote(key)));
    }

    private static @Nullable Long lifetime(Optional<Duration> timeToLive) {
        return orNull(timeToLive
                .map(life -> life.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : life)
                .map(Duration::toMillis));
    }

    private static long revision(WriteCondition condition) {
        return switch (condition) {
            case WriteCondition.Always _ -> -1;
            case WriteCondition.Absent _ -> 0;
            case WriteCondition.AtRevision(long revision) -> Math.max(1, revision);
        };
    }

    private static Optional<Instant> expiry(@Nullable OffsetDateTime expiresAt) {
        return Optional.ofNullable(expiresAt).map(OffsetDateTime::toInstant);
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.isPresent() ? value.get() : null;
    }
}
