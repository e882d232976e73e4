package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.ConfigSecrets;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.secret.SealedSecret;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.secret.SecretPlace;

/**
 * Seals secrets anew that were sealed with a key that is not the active one any more, so that the old key can be taken away. What does
 * not open stays as it is and is told in the log.
 */
@Singleton
public final class SecretResealing {

    private static final System.Logger LOG = System.getLogger(SecretResealing.class.getName());

    private final CleanupSteps tenants;
    private final TenantTransactions transactions;
    private final SecretCipher cipher;

    @Inject
    SecretResealing(CleanupSteps tenants, TenantTransactions transactions, SecretCipher cipher) {
        this.tenants = tenants;
        this.transactions = transactions;
        this.cipher = cipher;
    }

    @Scheduled(every = "1h", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return cipher.isAvailable()
                ? tenants.forEachTenant(tenant -> reseal(tenant).replaceWithVoid())
                : Uni.createFrom().voidItem();
    }

    /** All secrets of one tenant's configurations; how many were sealed anew. */
    Uni<Integer> reseal(TenantId tenant) {
        return transactions
                .read(
                        tenant,
                        () -> Panache.getSession()
                                .flatMap(session -> session.createNativeQuery(
                                                "SELECT id, config_secrets FROM plugin WHERE tenant = :tenant AND config_secrets <> '{}'",
                                                Object[].class)
                                        .setParameter("tenant", tenant.value())
                                        .getResultList()))
                .flatMap(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(
                                row -> reseal(tenant, new PluginId((String) row[0]), (String) row[1]))
                        .collect()
                        .with(Collectors.summingInt(Integer::intValue)));
    }

    private Uni<Integer> reseal(TenantId tenant, PluginId plugin, String stored) {
        Map<String, SealedSecret> anew = new LinkedHashMap<>(Documents.secrets(stored));
        List<String> old = anew.entrySet().stream()
                .filter(secret -> !cipher.isCurrent(secret.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (old.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        try {
            old.forEach(pointer -> {
                SecretPlace place = ConfigSecrets.place(tenant, plugin, pointer);
                anew.computeIfPresent(pointer, (same, secret) -> cipher.seal(cipher.open(secret, place), place));
            });
        } catch (ProblemException closed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "a secret cannot be sealed anew tenant=" + tenant + " plugin=" + plugin + ": "
                            + closed.detail());
            return Uni.createFrom().item(0);
        }
        return replace(tenant, plugin, stored, Documents.secrets(anew), old.size());
    }

    /** Unless they were changed meanwhile; then the next look sees to them. */
    private Uni<Integer> replace(TenantId tenant, PluginId plugin, String stored, String anew, int count) {
        Actor actor = new Actor("system:secrets", tenant, Set.of(Role.ADMIN));
        AuditEntry audit =
                new AuditEntry(actor, AuditAction.SECRETS_RESEAL, "plugin:" + plugin, Map.of("secrets", count));
        return transactions.change(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery("UPDATE plugin SET config_secrets = :anew"
                                        + " WHERE tenant = :tenant AND id = :plugin AND config_secrets = :stored")
                                .setParameter("anew", anew)
                                .setParameter("tenant", tenant.value())
                                .setParameter("plugin", plugin.value())
                                .setParameter("stored", stored)
                                .executeUpdate())
                        .map(updated -> updated == 0 ? new Change.None<>(0) : new Change.OfRecords<>(count, audit)));
    }
}
