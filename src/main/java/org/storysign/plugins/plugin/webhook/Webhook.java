package org.storysign.plugins.plugin.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.secret.SecretPlace;

/** A service that is told of changes. */
public record Webhook(UUID id, WebhookUrl url, List<WebhookEvent> events, Instant createdAt) {

    public Webhook {
        events = List.copyOf(events);
    }

    /** Where its secret belongs. */
    public static SecretPlace place(TenantId tenant, UUID id) {
        return SecretPlace.of("webhook", tenant.value(), id.toString());
    }
}
