package org.storysign.plugins.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;

/**
 * Runs work in a transaction that sees one tenant. May be called from any thread; the work runs on an event loop of its own and
 * may use Panache. Failures leave as {@link DatabaseFaults} says; whatever fails, nothing of the transaction stays.
 */
@Singleton
public final class TenantTransactions {

    /** For a transaction as a whole, waiting for a connection included. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final DatabaseContext context;

    @Inject
    TenantTransactions(DatabaseContext context) {
        this.context = context;
    }

    /** Reads the tenant's rows. */
    <T> Uni<T> read(TenantId tenant, Supplier<Uni<T>> work) {
        return inTransaction(() -> name(tenant).flatMap(named -> work.get()));
    }

    /** Reads the tenant's rows as they all were at one moment. */
    <T> Uni<T> readSnapshot(TenantId tenant, Supplier<Uni<T>> work) {
        return inTransaction(() -> statement("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                .flatMap(set -> name(tenant))
                .flatMap(named -> work.get()));
    }

    /** Runs without a tenant: row-level security shows no rows but those that a function of the owner answers. */
    <T> Uni<T> acrossTenants(Supplier<Uni<T>> work) {
        return inTransaction(work);
    }

    /** Changes the tenant's rows, one change of a tenant at a time, and records what was done in the same transaction. */
    <T> Uni<T> change(TenantId tenant, Supplier<Uni<Change<T>>> work) {
        return inTransaction(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT change_begin(:tenant)", Long.class)
                        .setParameter("tenant", tenant.value())
                        .getSingleResult())
                .flatMap(begun -> work.get())
                .flatMap(TenantTransactions::record));
    }

    /** Now, as exactly as the database keeps it. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> Uni<T> record(Change<T> change) {
        return switch (change) {
            case Change.OfCatalogue<T>(T value, AuditEntry audit) ->
                record(true, audit).replaceWith(value);
            case Change.OfRecords<T>(T value, AuditEntry audit) ->
                record(false, audit).replaceWith(value);
            case Change.None<T>(T value) -> Uni.createFrom().item(value);
        };
    }

    private static Uni<Long> record(boolean stepsCatalogue, AuditEntry audit) {
        return Panache.flush()
                .flatMap(flushed -> Panache.getSession())
                .flatMap(session -> session.createNativeQuery(
                                "SELECT change_commit(:steps, :actor, :action, :subject, :facts)", Long.class)
                        .setParameter("steps", stepsCatalogue)
                        .setParameter("actor", audit.actor().name())
                        .setParameter("action", audit.action().publicName())
                        .setParameter("subject", audit.subject())
                        .setParameter("facts", facts(audit))
                        .getSingleResult());
    }

    private static String facts(AuditEntry audit) {
        try {
            return JSON.writeValueAsString(audit.facts());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts of an audit entry are plain values", e);
        }
    }

    private static Uni<String> name(TenantId tenant) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT set_config('plugins.tenant', :tenant, true)", String.class)
                        .setParameter("tenant", tenant.value())
                        .getSingleResult());
    }

    private static Uni<Integer> statement(String sql) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(sql).executeUpdate());
    }

    private <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
        return context.run(() -> Panache.withTransaction(work))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(DatabaseFaults::translate);
    }
}
