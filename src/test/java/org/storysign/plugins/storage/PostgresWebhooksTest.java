package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.plugin.webhook.WebhookEvent;
import org.storysign.plugins.plugin.webhook.WebhookOutbox;
import org.storysign.plugins.plugin.webhook.WebhookOutbox.End;
import org.storysign.plugins.plugin.webhook.WebhookOutbox.State;

@ServiceTest
class PostgresWebhooksTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    PostgresWebhooks store;

    private final TenantId tenant = Tenants.fresh();
    private final UUID webhook = UUID.randomUUID();

    @Test
    void the_database_tells_exactly_the_events_that_a_webhook_can_ask_for() throws SQLException {
        Set<String> told = new TreeSet<>();
        for (AuditAction action : AuditAction.values()) {
            told.add(Rows.text("SELECT coalesce(webhook_event_type('" + action.publicName() + "'), '')"));
        }
        told.remove("");

        assertThat(told).containsExactlyInAnyOrderElementsOf(WebhookEvent.names());
    }

    @Test
    void what_is_taken_is_taken_by_nobody_else_until_its_lease_is_over_and_then_late_words_count_no_more()
            throws SQLException {
        deliver();

        WebhookOutbox.Taken first = store.take(tenant, 8, LEASE).getFirst();
        assertThat(store.take(tenant, 8, LEASE)).isEmpty();
        assertThat(store.tenants()).doesNotContain(tenant);

        Rows.change("UPDATE webhook_delivery SET due_at = now() WHERE tenant = '" + tenant + "'");
        WebhookOutbox.Taken second = store.take(tenant, 8, LEASE).getFirst();
        store.settle(first, new End(State.DEAD, Optional.of(500), Optional.of("late"), Duration.ZERO));
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(state()).isEqualTo("waiting");

        store.settle(second, new End(State.DELIVERED, Optional.of(200), Optional.empty(), Duration.ZERO));
        assertThat(state()).isEqualTo("delivered");
    }

    @Test
    void what_is_over_is_forgotten_after_seven_days() throws SQLException {
        deliver();
        store.settle(
                store.take(tenant, 8, LEASE).getFirst(),
                new End(State.DEAD, Optional.empty(), Optional.of("gone"), Duration.ZERO));

        store.clean(tenant).await().atMost(Duration.ofSeconds(10));
        assertThat(Rows.count("webhook_delivery", tenant)).isEqualTo(1);

        Rows.change(
                "UPDATE webhook_delivery SET finished_at = now() - interval '8 days' WHERE tenant = '" + tenant + "'");
        store.clean(tenant).await().atMost(Duration.ofSeconds(10));
        assertThat(Rows.count("webhook_delivery", tenant)).isZero();
    }

    private void deliver() throws SQLException {
        Rows.change("INSERT INTO tenant (tenant) VALUES ('" + tenant + "')");
        Rows.change("INSERT INTO webhook (tenant, id, url, event_types, secret) VALUES ('" + tenant + "', '" + webhook
                + "', 'https://hooks.example.com', '{}', 's')");
        Rows.change("INSERT INTO webhook_delivery (tenant, webhook, event_type, body) VALUES ('" + tenant + "', '"
                + webhook + "', 'webhook.test', '{}')");
    }

    private String state() throws SQLException {
        return Rows.text("SELECT state FROM webhook_delivery WHERE tenant = '" + tenant + "'");
    }
}
