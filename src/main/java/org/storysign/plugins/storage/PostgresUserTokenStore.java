package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.security.UserToken;
import org.storysign.plugins.security.UserTokenStore;

/** User tokens in PostgreSQL. Each operation is one function of the database, and one transaction. */
@Singleton
public final class PostgresUserTokenStore implements UserTokenStore {

    private final Pool pool;

    @Inject
    PostgresUserTokenStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Instant> keep(UserToken token, UserToken.Kind kind, String secretHash, Duration life) {
        Tuple arguments = Tuple.of(
                        token.tenant().value(),
                        secretHash,
                        kind.name().toLowerCase(Locale.ROOT),
                        token.user().value())
                .addArrayOfString(
                        token.plugins().stream().map(PluginId::value).sorted().toArray(String[]::new))
                .addArrayOfString(token.channels().toArray(String[]::new))
                .addUUID(token.key().orElse(null))
                .addLong(life.toMillis());
        return ask("SELECT user_token_keep($1, $2, $3, $4, $5, $6, $7, $8) AS ends", arguments)
                .map(rows -> rows.iterator().next().getOffsetDateTime("ends").toInstant());
    }

    @Override
    public Uni<Optional<UserToken>> find(String secretHash) {
        return one("SELECT * FROM user_token_valid($1, 'token')", secretHash);
    }

    @Override
    public Uni<Optional<UserToken>> take(String secretHash) {
        return one("SELECT * FROM user_ticket_take($1)", secretHash);
    }

    private Uni<Optional<UserToken>> one(String function, String secretHash) {
        return ask(function, Tuple.of(secretHash))
                .map(rows -> rows.iterator().hasNext()
                        ? Optional.of(token(rows.iterator().next()))
                        : Optional.empty());
    }

    private Uni<RowSet<Row>> ask(String function, Tuple arguments) {
        return pool.preparedQuery(function).execute(arguments).onFailure().transform(DatabaseFaults::translate);
    }

    private static UserToken token(Row row) {
        return new UserToken(
                new TenantId(row.getString("tenant")),
                new UserId(row.getString("user_id")),
                Stream.of(row.getArrayOfStrings("plugins")).map(PluginId::new).collect(Collectors.toUnmodifiableSet()),
                List.of(row.getArrayOfStrings("channels")),
                Optional.ofNullable(row.getUUID("key_id")));
    }
}
