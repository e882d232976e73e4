package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.ServicePage;

/** The product's content in PostgreSQL, for guests; searched as full text. */
@Singleton
public final class PostgresContentLibrary implements ContentLibrary {

    private static final String NOBODY = "";

    private final FunctionCalls database;

    @Inject
    PostgresContentLibrary(FunctionCalls database) {
        this.database = database;
    }

    @Override
    public Optional<ContentItem> find(Reader reader, String id, Duration timeout) {
        return items("content_get($1, $2, $3)", of(reader).addString(DataFunctions.storable(id)), timeout).stream()
                .findFirst();
    }

    @Override
    public List<ContentItem> list(Reader reader, Optional<String> kind, ServicePage page, Duration timeout) {
        Tuple arguments = of(reader)
                .addString(kind.orElse(null))
                .addLong(page.cursor().orElse(Long.MAX_VALUE))
                .addInteger(page.limit());
        return items("content_page($1, $2, $3, $4, $5)", arguments, timeout);
    }

    @Override
    public List<ContentItem> search(Reader reader, Search search, ServicePage page, Duration timeout) {
        Tuple arguments = of(reader)
                .addString(search.kind().orElse(null))
                .addString(search.language().orElse(""))
                .addString(DataFunctions.storable(search.words()))
                .addLong(page.cursor().orElse(0L))
                .addInteger(page.limit());
        return items("content_find($1, $2, $3, $4, $5, $6, $7)", arguments, timeout);
    }

    @Override
    public boolean create(NewContent content, int most, Duration timeout) {
        ContentDraft draft = content.draft();
        Tuple arguments = Tuple.of(content.tenant().value(), content.plugin().value(), user(draft.user()), content.id())
                .addString(draft.kind())
                .addString(draft.language())
                .addString(draft.title())
                .addString(DataFunctions.storable(draft.text()))
                .addLong((long) most);
        return database.ask("SELECT content_create($1, $2, $3, $4, $5, $6, $7, $8, $9)", arguments, timeout)
                .getFirst()
                .getBoolean(0);
    }

    private List<ContentItem> items(String function, Tuple arguments, Duration timeout) {
        return database.ask("SELECT " + ContentRows.COLUMNS + " FROM " + function, arguments, timeout).stream()
                .map(ContentRows::item)
                .toList();
    }

    private static Tuple of(Reader reader) {
        return Tuple.of(reader.tenant().value(), user(reader.user()));
    }

    private static String user(Optional<UserId> user) {
        return user.map(UserId::value).map(DataFunctions::storable).orElse(NOBODY);
    }
}
