package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.UserRecord;

/** The product's users in PostgreSQL, for guests. */
@Singleton
public final class PostgresUserDirectory implements UserDirectory {

    private final FunctionCalls database;

    @Inject
    PostgresUserDirectory(FunctionCalls database) {
        this.database = database;
    }

    @Override
    public Optional<UserRecord> find(Whose whose, Duration timeout) {
        return PostgresUserRecords.record(
                database.ask(PostgresUserRecords.FIND, PostgresUserRecords.of(whose.tenant(), whose.user()), timeout));
    }

    @Override
    public Preferences prefer(Whose whose, PreferencePatch patch, Duration timeout) {
        Tuple arguments = PostgresUserRecords.of(whose.tenant(), whose.user())
                .addString(patch.json())
                .addLong(DataFunctions.condition(patch.condition()))
                .addInteger(LARGEST_PREFERENCES);
        Row row = database.ask(
                        "SELECT outcome, new_revision, merged FROM user_prefer($1, $2, $3, $4, $5)", arguments, timeout)
                .getFirst();
        return switch (row.getString("outcome")) {
            case "done" -> new Preferences.Merged(row.getString("merged"), row.getLong("new_revision"));
            case "condition" -> new Preferences.ConditionFailed();
            case "bytes" -> new Preferences.TooLarge();
            case String other -> throw new IllegalStateException("user_prefer answered " + other);
        };
    }
}
