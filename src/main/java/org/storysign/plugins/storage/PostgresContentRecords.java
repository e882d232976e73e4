package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.platform.records.ContentRecords;

/** The product's content in PostgreSQL, as the product keeps it. */
@Singleton
public final class PostgresContentRecords implements ContentRecords {

    private final RecordCalls database;

    @Inject
    PostgresContentRecords(RecordCalls database) {
        this.database = database;
    }

    @Override
    public Uni<Optional<ContentItem>> find(TenantId tenant, String id) {
        return database.ask(
                        "SELECT " + ContentRows.COLUMNS + " FROM content_get($1, NULL, $2)",
                        Tuple.of(tenant.value(), DataFunctions.storable(id)))
                .map(rows -> rows.stream().findFirst().map(ContentRows::item));
    }

    @Override
    public Uni<WriteOutcome> put(TenantId tenant, String id, ContentDraft draft, WriteCondition condition) {
        Tuple arguments = Tuple.of(
                        tenant.value(),
                        DataFunctions.storable(id),
                        draft.user()
                                .map(UserId::value)
                                .map(DataFunctions::storable)
                                .orElse(""))
                .addString(draft.kind())
                .addString(draft.language())
                .addString(draft.title())
                .addString(DataFunctions.storable(draft.text()))
                .addLong(DataFunctions.condition(condition));
        return database.write("content_put($1, $2, $3, $4, $5, $6, $7, $8)", arguments);
    }

    @Override
    public Uni<WriteOutcome> delete(TenantId tenant, String id, WriteCondition condition) {
        return database.ask(
                        "SELECT outcome, old_revision FROM content_delete($1, $2, $3)",
                        Tuple.of(tenant.value(), DataFunctions.storable(id), DataFunctions.condition(condition)))
                .map(rows -> DataFunctions.delete(
                        rows.getFirst().getString("outcome"), rows.getFirst().getLong("old_revision")));
    }
}
