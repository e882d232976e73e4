package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.KeyValueStore.KeyRange;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.plugin.PluginDataStore;

/** Plugins' data as people change it: by the same functions of the database as guests, in one transaction with the audit entry. */
@Singleton
public final class PostgresPluginDataStore implements PluginDataStore {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PUT =
            "SELECT outcome, new_revision, created FROM data_put(:tenant, :plugin, :user, :key, :value,"
                    + " CAST(:lives AS bigint), :condition, :keys, :bytes)";
    private static final String DELETE =
            "SELECT outcome, old_revision FROM data_delete(:tenant, :plugin, :user, :key, :condition)";

    private final KeyValueStore values;
    private final TenantTransactions transactions;

    @Inject
    PostgresPluginDataStore(KeyValueStore values, TenantTransactions transactions) {
        this.values = values;
        this.transactions = transactions;
    }

    @Override
    public Uni<Optional<StoredValue>> get(DataOwner owner, String key) {
        return Uni.createFrom()
                .item(() -> values.get(owner, key, PATIENCE))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    @Override
    public Uni<List<String>> keys(DataOwner owner, KeyRange range) {
        return Uni.createFrom()
                .item(() -> values.keys(owner, range, PATIENCE))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    @Override
    public Uni<WriteOutcome> put(DataOwner owner, DataWrite write, DataLimits limits, AuditEntry audit) {
        return transactions.change(
                owner.tenant(),
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(PUT, Object[].class)
                                .setParameter("tenant", owner.tenant().value())
                                .setParameter("plugin", owner.plugin().value())
                                .setParameter("user", DataFunctions.user(owner))
                                .setParameter("key", DataFunctions.key(write.key()))
                                .setParameter("value", write.json())
                                .setParameter("lives", DataFunctions.lifetime(write.timeToLive()))
                                .setParameter("condition", DataFunctions.condition(write.condition()))
                                .setParameter("keys", (long) limits.keys())
                                .setParameter("bytes", limits.bytes().bytes())
                                .getSingleResult())
                        .map(row -> recorded(
                                DataFunctions.put((String) row[0], (Long) row[1], (Boolean) row[2], limits), audit)));
    }

    @Override
    public Uni<WriteOutcome> delete(DataOwner owner, String key, WriteCondition condition, AuditEntry audit) {
        return transactions.change(
                owner.tenant(),
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(DELETE, Object[].class)
                                .setParameter("tenant", owner.tenant().value())
                                .setParameter("plugin", owner.plugin().value())
                                .setParameter("user", DataFunctions.user(owner))
                                .setParameter("key", DataFunctions.key(key))
                                .setParameter("condition", DataFunctions.condition(condition))
                                .getSingleResult())
                        .map(row -> recorded(DataFunctions.delete((String) row[0], (Long) row[1]), audit)));
    }

    private static Change<WriteOutcome> recorded(WriteOutcome outcome, AuditEntry audit) {
        return outcome instanceof WriteOutcome.Done
                ? new Change.OfRecords<>(outcome, audit)
                : new Change.None<>(outcome);
    }
}
