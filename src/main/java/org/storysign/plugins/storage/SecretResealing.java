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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.ConfigSecrets;
import org.storysign.plugins.plugin.webhook.Webhook;
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

    /** All secrets of one tenant's configurations and webhooks; how many were sealed anew. */
    Uni<Integer> reseal(TenantId tenant) {
        return configurations(tenant).flatMap(these -> webhooks(tenant).map(those -> these + those));
    }

    private Uni<Integer> configurations(TenantId tenant) {
        return each(
                tenant,
                "SELECT id, config_secrets FROM plugin WHERE tenant = :tenant AND config_secrets <> '{}'",
                row -> reseal(tenant, new PluginId((String) row[0]), (String) row[1]));
    }

    private Uni<Integer> webhooks(TenantId tenant) {
        return each(
                tenant,
                "SELECT id, secret FROM webhook WHERE tenant = :tenant",
                row -> reseal(tenant, (UUID) row[0], (String) row[1]));
    }

    private Uni<Integer> each(TenantId tenant, String query, Function<Object[], Uni<? extends Integer>> reseal) {
        return transactions
                .read(
                        tenant,
                        () -> Panache.getSession()
                                .flatMap(session -> session.createNativeQuery(query, Object[].class)
                                        .setParameter("tenant", tenant.value())
                                        .getResultList()))
                .flatMap(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(reseal)
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
            old.forEach(pointer -> anew.computeIfPresent(
                    pointer, (same, secret) -> anew(secret, ConfigSecrets.place(tenant, plugin, pointer))));
        } catch (ProblemException closed) {
            return left(tenant, "plugin:" + plugin, closed);
        }
        return replace(
                tenant,
                new Replacement(
                        "plugin:" + plugin,
                        "UPDATE plugin SET config_secrets = :anew WHERE tenant = :tenant AND id = :id AND config_secrets = :stored",
                        plugin.value(),
                        stored,
                        Documents.secrets(anew)),
                old.size());
    }

    private Uni<Integer> reseal(TenantId tenant, UUID webhook, String stored) {
        Optional<SealedSecret> old = SealedSecret.parse(stored).filter(secret -> !cipher.isCurrent(secret));
        if (old.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        try {
            String anew = anew(old.get(), Webhook.place(tenant, webhook)).text();
            return replace(
                    tenant,
                    new Replacement(
                            "webhook:" + webhook,
                            "UPDATE webhook SET secret = :anew WHERE tenant = :tenant AND id = :id AND secret = :stored",
                            webhook,
                            stored,
                            anew),
                    1);
        } catch (ProblemException closed) {
            return left(tenant, "webhook:" + webhook, closed);
        }
    }

    private SealedSecret anew(SealedSecret secret, SecretPlace place) {
        return cipher.seal(cipher.open(secret, place), place);
    }

    private static Uni<Integer> left(TenantId tenant, String whose, ProblemException closed) {
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "a secret cannot be sealed anew tenant=" + tenant + " " + whose + ": " + closed.detail());
        return Uni.createFrom().item(0);
    }

    /** What is written where something else stood. */
    private record Replacement(String subject, String update, Object id, String stored, String anew) {}

    /** Unless they were changed meanwhile; then the next look sees to them. */
    private Uni<Integer> replace(TenantId tenant, Replacement replacement, int count) {
        Actor actor = new Actor("system:secrets", tenant, Set.of(Role.ADMIN));
        AuditEntry audit =
                new AuditEntry(actor, AuditAction.SECRETS_RESEAL, replacement.subject(), Map.of("secrets", count));
        return transactions.change(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(replacement.update())
                                .setParameter("anew", replacement.anew())
                                .setParameter("tenant", tenant.value())
                                .setParameter("id", replacement.id())
                                .setParameter("stored", replacement.stored())
                                .executeUpdate())
                        .map(updated -> updated == 0 ? new Change.None<>(0) : new Change.OfRecords<>(count, audit)));
    }
}
