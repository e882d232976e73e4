package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.SharedPlugins;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Shared plugins in PostgreSQL. */
@Singleton
public final class PostgresSharedPlugins implements SharedPlugins {

    private final TenantTransactions transactions;
    private final RecordCalls calls;

    @Inject
    PostgresSharedPlugins(TenantTransactions transactions, RecordCalls calls) {
        this.transactions = transactions;
        this.calls = calls;
    }

    @Override
    public Uni<Optional<Sharing>> find(TenantId owner, PluginId plugin) {
        return calls.ask(
                        "SELECT by_whom, since, given, missing FROM shared_find($1, $2)",
                        Tuple.of(owner.value(), plugin.value()))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Sharing(
                                row.getString("by_whom"),
                                row.getOffsetDateTime("since").toInstant(),
                                row.getLong("given"),
                                row.getLong("missing"))));
    }

    @Override
    public Uni<Void> share(PluginId plugin, Actor by) {
        return transactions
                .change(
                        by.tenant(),
                        () -> Panache.getSession()
                                .flatMap(session -> isShared(session, plugin, by.tenant())
                                        .flatMap(already -> already
                                                ? Uni.createFrom().item(new Change.None<>(true))
                                                : insert(session, plugin, by).map(inserted -> {
                                                    if (!inserted) {
                                                        throw taken(plugin);
                                                    }
                                                    return new Change.OfRecords<>(
                                                            true, entry(by, AuditAction.PLUGIN_SHARE, plugin));
                                                }))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> unshare(PluginId plugin, Actor by) {
        return transactions.change(
                by.tenant(),
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "DELETE FROM shared_plugin WHERE tenant = :tenant AND plugin = :plugin")
                                .setParameter("tenant", by.tenant().value())
                                .setParameter("plugin", plugin.value())
                                .executeUpdate())
                        .map(gone -> gone > 0
                                ? new Change.OfRecords<>(true, entry(by, AuditAction.PLUGIN_UNSHARE, plugin))
                                : new Change.None<>(false)));
    }

    @Override
    public Uni<List<Lacking>> lacking(int most) {
        return calls.ask("SELECT tenant, owner, plugin, version FROM shared_missing($1)", Tuple.of(most))
                .map(rows -> rows.stream()
                        .map(row -> new Lacking(
                                new TenantId(row.getString("tenant")),
                                new TenantId(row.getString("owner")),
                                new PluginId(row.getString("plugin")),
                                row.getString("version")))
                        .toList());
    }

    private static Uni<Boolean> isShared(Mutiny.Session session, PluginId plugin, TenantId owner) {
        return session.createNativeQuery(
                        "SELECT count(*) > 0 FROM shared_plugin WHERE tenant = :tenant AND plugin = :plugin",
                        Boolean.class)
                .setParameter("tenant", owner.value())
                .setParameter("plugin", plugin.value())
                .getSingleResult();
    }

    /** False when the id is shared by another tenant, which this one does not see. */
    private static Uni<Boolean> insert(Mutiny.Session session, PluginId plugin, Actor by) {
        return session.createNativeQuery(
                        "INSERT INTO shared_plugin (plugin, tenant, shared_by) VALUES (:plugin, :tenant, :by) ON CONFLICT DO NOTHING")
                .setParameter("plugin", plugin.value())
                .setParameter("tenant", by.tenant().value())
                .setParameter("by", by.name())
                .executeUpdate()
                .map(rows -> rows > 0);
    }

    private static ProblemException taken(PluginId plugin) {
        return new ProblemException(
                ProblemCode.PLUGIN_STATE_CONFLICT,
                "another tenant shares a plugin `" + plugin + "`; an id is shared by one tenant at most",
                Map.of(FactKey.PLUGIN, plugin.value()));
    }

    private static AuditEntry entry(Actor by, AuditAction action, PluginId plugin) {
        return new AuditEntry(by, action, "plugin:" + plugin, Map.of());
    }
}
