package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;

/**
 * Plugins' data in PostgreSQL. Each operation is one function of the database, called in one round trip, and one transaction. Writes
 * of one plugin happen one after the other, so that its quotas are exact. When {@code timeout} passes first, a write may still be
 * made.
 */
@Singleton
public final class PostgresKeyValueStore implements KeyValueStore {

    private final FunctionCalls database;

    @Inject
    PostgresKeyValueStore(FunctionCalls database) {
        this.database = database;
    }

    @Override
    public Optional<StoredValue> get(DataOwner owner, String key, Duration timeout) {
        return database
                .ask("SELECT value, revision, expires_at FROM data_get($1, $2, $3, $4)", of(owner, key), timeout)
                .stream()
                .findFirst()
                .map(row -> new StoredValue(
                        row.getString("value"),
                        row.getLong("revision"),
                        Optional.ofNullable(row.getOffsetDateTime("expires_at")).map(OffsetDateTime::toInstant)));
    }

    @Override
    public WriteOutcome put(DataOwner owner, DataWrite write, DataLimits limits, Duration timeout) {
        Tuple arguments = of(owner, write.key())
                .addString(write.json())
                .addLong(DataFunctions.lifetime(write.timeToLive()))
                .addLong(DataFunctions.condition(write.condition()))
                .addLong((long) limits.keys())
                .addLong(limits.bytes().bytes());
        Row row = database.ask(
                        "SELECT outcome, new_revision, created FROM data_put($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                        arguments,
                        timeout)
                .getFirst();
        return DataFunctions.put(
                row.getString("outcome"), row.getLong("new_revision"), row.getBoolean("created"), limits);
    }

    @Override
    public WriteOutcome delete(DataOwner owner, String key, WriteCondition condition, Duration timeout) {
        Tuple arguments = of(owner, key).addLong(DataFunctions.condition(condition));
        Row row = database.ask("SELECT outcome, old_revision FROM data_delete($1, $2, $3, $4, $5)", arguments, timeout)
                .getFirst();
        return DataFunctions.delete(row.getString("outcome"), row.getLong("old_revision"));
    }

    @Override
    public List<String> keys(DataOwner owner, KeyRange range, Duration timeout) {
        Tuple arguments = of(owner)
                .addString(DataFunctions.storable(range.prefix()))
                .addString(range.after().map(DataFunctions::storable).orElse(null))
                .addInteger(range.limit());
        return database.ask("SELECT key FROM data_keys($1, $2, $3, $4, $5, $6)", arguments, timeout).stream()
                .map(row -> row.getString("key"))
                .toList();
    }

    private static Tuple of(DataOwner owner) {
        return Tuple.of(owner.tenant().value(), owner.plugin().value(), DataFunctions.user(owner));
    }

    private static Tuple of(DataOwner owner, String key) {
        return of(owner).addString(DataFunctions.key(key));
    }
}
