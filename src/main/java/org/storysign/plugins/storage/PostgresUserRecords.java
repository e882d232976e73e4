package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.platform.records.UserRecords;

/** The product's users in PostgreSQL, as the product tells of them. */
@Singleton
public final class PostgresUserRecords implements UserRecords {

    static final String FIND = "SELECT profile, progress, preferences, revision FROM user_find($1, $2)";

    private final RecordCalls database;

    @Inject
    PostgresUserRecords(RecordCalls database) {
        this.database = database;
    }

    @Override
    public Uni<Optional<UserRecord>> find(TenantId tenant, UserId user) {
        return database.ask(FIND, of(tenant, user)).map(PostgresUserRecords::record);
    }

    @Override
    public Uni<WriteOutcome> put(TenantId tenant, UserId user, Update update, WriteCondition condition) {
        Tuple arguments = of(tenant, user)
                .addString(update.profile().orElse(null))
                .addString(update.progress().orElse(null))
                .addString(update.preferences().orElse(null))
                .addLong(DataFunctions.condition(condition));
        return database.write("user_put($1, $2, $3, $4, $5, $6)", arguments);
    }

    /** What {@link #FIND} answered. */
    static Optional<UserRecord> record(List<Row> rows) {
        return rows.stream()
                .findFirst()
                .map(row -> new UserRecord(
                        row.getString("profile"),
                        row.getString("progress"),
                        row.getString("preferences"),
                        row.getLong("revision")));
    }

    static Tuple of(TenantId tenant, UserId user) {
        return Tuple.of(tenant.value(), DataFunctions.storable(user.value()));
    }
}
