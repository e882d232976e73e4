package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.NoticeLevel;
import org.storysign.plugins.platform.ServicePage;
import org.storysign.plugins.platform.records.NotificationInbox;

/** What plugins told users, in PostgreSQL, as the product shows it. */
@Singleton
public final class PostgresNotificationInbox implements NotificationInbox {

    private final RecordCalls database;

    @Inject
    PostgresNotificationInbox(RecordCalls database) {
        this.database = database;
    }

    @Override
    public Uni<List<Received>> page(TenantId tenant, UserId user, Which which, ServicePage page) {
        return database.ask(
                        "SELECT number, plugin, kind, level, title, body, link, created_at, expires_at, read_at"
                                + " FROM notification_page($1, $2, $3, $4, $5)",
                        PostgresUserRecords.of(tenant, user)
                                .addBoolean(which == Which.UNREAD)
                                .addLong(page.cursor().orElse(Long.MAX_VALUE))
                                .addInteger(page.limit()))
                .map(rows ->
                        rows.stream().map(PostgresNotificationInbox::received).toList());
    }

    @Override
    public Uni<Boolean> markRead(TenantId tenant, UserId user, long number) {
        return database.ask(
                        "SELECT notification_read($1, $2, $3)",
                        PostgresUserRecords.of(tenant, user).addLong(number))
                .map(rows -> rows.getFirst().getBoolean(0));
    }

    private static Received received(Row row) {
        Notice notice = new Notice(
                NoticeLevel.parse(row.getString("level")).orElseThrow(),
                row.getString("title"),
                row.getString("body"),
                row.getString("link"));
        return new Received(
                row.getLong("number"),
                new PluginId(row.getString("plugin")),
                row.getString("kind"),
                notice,
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("read_at")).map(OffsetDateTime::toInstant));
    }
}
