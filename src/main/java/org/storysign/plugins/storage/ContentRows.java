package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Row;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentItem;

/** How the database's functions for content answer. */
final class ContentRows {

    static final String COLUMNS = "number, id, kind, language, title, body, user_id, plugin, revision, created_at";

    private ContentRows() {}

    static ContentItem item(Row row) {
        ContentDraft draft = new ContentDraft(
                named(row, "user_id").map(UserId::new),
                row.getString("kind"),
                row.getString("language"),
                row.getString("title"),
                row.getString("body"));
        return new ContentItem(
                row.getLong("number"),
                row.getString("id"),
                draft,
                named(row, "plugin").map(PluginId::new),
                row.getLong("revision"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static Optional<String> named(Row row, String column) {
        return Optional.of(row.getString(column)).filter(text -> !text.isEmpty());
    }
}
