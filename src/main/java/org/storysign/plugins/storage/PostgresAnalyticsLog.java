package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.platform.AnalyticsEvent;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.ServicePage;

/** What plugins notice, in PostgreSQL. */
@Singleton
public final class PostgresAnalyticsLog implements AnalyticsLog {

    private final FunctionCalls database;

    @Inject
    PostgresAnalyticsLog(FunctionCalls database) {
        this.database = database;
    }

    @Override
    public boolean append(DataOwner owner, NewEvent event, int mostADay, Duration timeout) {
        Tuple arguments =
                of(owner).addString(event.name()).addString(event.properties()).addInteger(mostADay);
        return database.ask("SELECT analytics_append($1, $2, $3, $4, $5, $6)", arguments, timeout)
                .getFirst()
                .getBoolean(0);
    }

    @Override
    public List<AnalyticsEvent> events(DataOwner owner, Optional<String> name, ServicePage page, Duration timeout) {
        Tuple arguments = of(owner)
                .addString(name.orElse(null))
                .addLong(page.cursor().orElse(Long.MAX_VALUE))
                .addInteger(page.limit());
        return database
                .ask(
                        "SELECT number, name, properties, at FROM analytics_page($1, $2, $3, $4, $5, $6)",
                        arguments,
                        timeout)
                .stream()
                .map(row -> new AnalyticsEvent(
                        row.getLong("number"),
                        row.getString("name"),
                        row.getString("properties"),
                        row.getOffsetDateTime("at").toInstant()))
                .toList();
    }

    private static Tuple of(DataOwner owner) {
        return Tuple.of(
                owner.tenant().value(), owner.plugin().value(), DataFunctions.storable(DataFunctions.user(owner)));
    }
}
