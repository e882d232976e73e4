package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.storysign.plugins.cluster.LiveFeed;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.platform.LiveOutbox;

/** Messages to live connections in PostgreSQL. NOTIFY carries the tenant and the place of a message, never the message. */
@Singleton
public final class PostgresLiveMessages implements LiveOutbox, LiveFeed {

    private static final String CHANNEL = "storysign_live";

    private final Pool pool;
    private final DatabaseNotifications notifications;

    @Inject
    PostgresLiveMessages(Pool pool, DatabaseNotifications notifications) {
        this.pool = pool;
        this.notifications = notifications;
    }

    @Override
    public void publish(LiveMessage message, Duration timeout) {
        Tuple arguments = Tuple.of(
                message.tenant().value(),
                message.id(),
                message.plugin().value(),
                message.user().map(UserId::value).orElse(null),
                message.channel().orElse(null),
                message.payload());
        try {
            pool.preparedQuery("SELECT live_publish($1, $2, $3, $4, $5, $6)")
                    .execute(arguments)
                    .await()
                    .atMost(timeout);
        } catch (RuntimeException e) {
            throw DatabaseFaults.translate(e);
        }
    }

    @Override
    public Uni<Long> position() {
        return pool.query("SELECT live_position()")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .onFailure()
                .transform(DatabaseFaults::translate);
    }

    @Override
    public Uni<List<Entry>> after(long sequence, int most) {
        return pool.preparedQuery("SELECT * FROM live_after($1, $2)")
                .execute(Tuple.of(sequence, most))
                .map(rows -> {
                    List<Entry> entries = new ArrayList<>(rows.size());
                    rows.forEach(row -> entries.add(entry(row)));
                    return List.copyOf(entries);
                })
                .onFailure()
                .transform(DatabaseFaults::translate);
    }

    @Override
    public void listen(Runnable hint) {
        notifications.listen(CHANNEL, hint, place -> hint.run());
    }

    @Override
    public Uni<Void> purge() {
        return pool.query("SELECT live_purge()")
                .execute()
                .replaceWithVoid()
                .onFailure()
                .transform(DatabaseFaults::translate);
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getLong("sequence"),
                row.getOffsetDateTime("at").toInstant(),
                new LiveMessage(
                        row.getUUID("id"),
                        new TenantId(row.getString("tenant")),
                        new PluginId(row.getString("plugin")),
                        Optional.ofNullable(row.getString("user_id")).map(UserId::new),
                        Optional.ofNullable(row.getString("channel")),
                        LiveMessage.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("payload")));
    }
}
