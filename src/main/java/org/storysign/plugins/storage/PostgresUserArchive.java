package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.records.UserArchive;

/** All that is kept about a user in PostgreSQL, read and removed in one transaction with the audit entry. */
@Singleton
public final class PostgresUserArchive implements UserArchive {

    private final TenantTransactions transactions;

    @Inject
    PostgresUserArchive(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<Document>> export(Actor actor, UserId user, long skipped, int limit) {
        return transactions.change(
                actor.tenant(),
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "SELECT part, document FROM user_export(:tenant, :user, :skipped, :most)",
                                        Object[].class)
                                .setParameter("tenant", actor.tenant().value())
                                .setParameter("user", DataFunctions.storable(user.value()))
                                .setParameter("skipped", skipped)
                                .setParameter("most", limit)
                                .getResultList())
                        .map(rows -> rows.stream()
                                .map(row -> new Document((String) row[0], (String) row[1]))
                                .toList())
                        .map(found -> new Change.OfRecords<>(
                                found,
                                entry(
                                        actor,
                                        AuditAction.USER_DATA_EXPORT,
                                        user,
                                        Map.of("documents", found.size(), "after", skipped)))));
    }

    @Override
    public Uni<Erased> erase(Actor actor, UserId user) {
        return transactions.change(
                actor.tenant(),
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "SELECT users, keys, items, events, notices FROM user_erase(:tenant, :user)",
                                        Object[].class)
                                .setParameter("tenant", actor.tenant().value())
                                .setParameter("user", DataFunctions.storable(user.value()))
                                .getSingleResult())
                        .map(row ->
                                new Erased((Long) row[0], (Long) row[1], (Long) row[2], (Long) row[3], (Long) row[4]))
                        .map(erased -> new Change.OfRecords<>(
                                erased, entry(actor, AuditAction.USER_DATA_ERASE, user, facts(erased)))));
    }

    private static Map<String, Object> facts(Erased erased) {
        return Map.of(
                "users", erased.users(),
                "keys", erased.keys(),
                "items", erased.items(),
                "events", erased.events(),
                "notifications", erased.notifications());
    }

    private static AuditEntry entry(Actor actor, AuditAction action, UserId user, Map<String, Object> facts) {
        return new AuditEntry(actor, action, "user:" + user, facts);
    }
}
