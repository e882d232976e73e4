package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
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
    private static final Logger LOG = Logger.getLogger(PostgresChangeFeed.class);

    private final Pool pool;
    private final DatabaseNotifications notifications;

    @Inject
    PostgresChangeFeed(Pool pool, DatabaseNotifications notifications) {
        this.pool = pool;
        this.notifications = notifications;
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
        notifications.listen(CHANNEL, () -> hintAll(hint), tenant -> hint.accept(new TenantId(tenant)));
    }

    private void hintAll(Consumer<TenantId> hint) {
        revisions()
                .subscribe()
                .with(
                        all -> all.forEach(each -> hint.accept(each.tenant())),
                        failure -> LOG.warn("catalogue revisions cannot be read after a reconnection", failure));
    }
}
