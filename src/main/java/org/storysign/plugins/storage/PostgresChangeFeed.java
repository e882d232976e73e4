package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.pubsub.PgSubscriber;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.storysign.plugins.cluster.ChangeFeed;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogRevision;

/**
 * Changes by NOTIFY, which carries a tenant's id and nothing else, over a connection of its own. What is sent while that connection
 * is down is lost: so every tenant is hinted at whenever it is there again.
 */
@Singleton
public final class PostgresChangeFeed implements ChangeFeed {

    private static final String CHANNEL = "storysign_catalog";
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final Logger LOG = Logger.getLogger(PostgresChangeFeed.class);

    private final Vertx vertx;
    private final Pool pool;
    private final DatabaseConfig config;
    private final List<PgSubscriber> subscribers = new CopyOnWriteArrayList<>();

    @Inject
    PostgresChangeFeed(Vertx vertx, Pool pool, DatabaseConfig config) {
        this.vertx = vertx;
        this.pool = pool;
        this.config = config;
    }

    @Override
    public Uni<List<CatalogRevision>> revisions() {
        return pool.query("SELECT tenant, revision FROM catalogue_revisions()")
                .execute()
                .map(rows -> {
                    List<CatalogRevision> revisions = new ArrayList<>(rows.size());
                    rows.forEach(row -> revisions.add(
                            new CatalogRevision(new TenantId(row.getString("tenant")), row.getLong("revision"))));
                    return List.copyOf(revisions);
                })
                .onFailure()
                .transform(DatabaseFaults::translate);
    }

    @Override
    public void listen(Consumer<TenantId> hint) {
        PgConnectOptions options = PgConnectOptions.fromUri(config.url())
                .setUser(config.service().username())
                .setPassword(config.service().password())
                .addProperty("application_name", "storysign-plugins-listener");
        PgSubscriber subscriber =
                PgSubscriber.subscriber(vertx, options).reconnectPolicy(PostgresChangeFeed::pauseBefore);
        subscriber
                .channel(CHANNEL)
                .subscribeHandler(() -> hintAll(hint))
                .handler(tenant -> hint.accept(new TenantId(tenant)));
        subscribers.add(subscriber);
        subscriber
                .connect()
                .subscribe()
                .with(
                        connected -> {},
                        failure -> LOG.warn("catalogue notifications are not heard; polling only", failure));
    }

    @PreDestroy
    void close() {
        subscribers.forEach(PgSubscriber::closeAndForget);
    }

    private void hintAll(Consumer<TenantId> hint) {
        revisions()
                .subscribe()
                .with(
                        all -> all.forEach(each -> hint.accept(each.tenant())),
                        failure -> LOG.warn("catalogue revisions cannot be read after a reconnection", failure));
    }

    /** Milliseconds before an attempt to connect again: at once, then doubling from 100. */
    private static Long pauseBefore(Integer attempt) {
        return attempt == 0 ? 0L : Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(attempt, 10));
    }
}
