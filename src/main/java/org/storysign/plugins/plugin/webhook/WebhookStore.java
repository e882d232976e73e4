package org.storysign.plugins.plugin.webhook;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.secret.SealedSecret;

/** Port: webhooks as people see and change them. Each change is one transaction with its audit entry. */
public interface WebhookStore {

    /** Webhooks of a tenant. */
    int MOST = 20;

    /** In the order of their making. */
    Uni<List<Webhook>> list(TenantId tenant);

    /** False when the tenant has {@link #MOST} already. */
    Uni<Boolean> add(Webhook webhook, SealedSecret secret, AuditEntry audit);

    /** With everything that was still to be delivered; false when there is none of this id. */
    Uni<Boolean> delete(UUID id, AuditEntry audit);

    /** Has this body delivered as a test; the delivery's id, empty when there is no such webhook. */
    Uni<Optional<UUID>> test(TenantId tenant, UUID id, String body);

    /** The newest first, those of the last seven days; empty when there is no such webhook. */
    Uni<List<Delivery>> deliveries(TenantId tenant, UUID id, long before, int limit);

    /**
     * Something that is to be told, or was.
     *
     * @param state waiting, delivered or dead
     * @param dueAt while it waits, when it is tried the next time
     * @param status what the last attempt was answered, if it was
     * @param problem why the last attempt failed, if it did
     */
    record Delivery(
            long sequence,
            UUID id,
            String eventType,
            String state,
            int attempts,
            Instant createdAt,
            Instant dueAt,
            Optional<Integer> status,
            Optional<String> problem) {}
}
