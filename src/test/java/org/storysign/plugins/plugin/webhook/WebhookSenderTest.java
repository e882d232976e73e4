package org.storysign.plugins.plugin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.webhook.WebhookOutbox.End;
import org.storysign.plugins.plugin.webhook.WebhookOutbox.State;
import org.storysign.plugins.plugin.webhook.WebhookOutbox.Taken;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.secret.SecretKeys;

class WebhookSenderTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final UUID WEBHOOK = UUID.randomUUID();
    private static final UUID DELIVERY = UUID.randomUUID();

    private final SecretCipher cipher = new SecretCipher(SecretKeys.of(Map.of("first", "0f".repeat(32)), "first"));
    private final WebhookSecret secret = WebhookSecret.random();
    private final TestClock clock = new TestClock();
    private final Receiver receiver = new Receiver();
    private final List<End> ends = new ArrayList<>();

    @Test
    void what_is_due_is_told_with_the_three_headers_and_nothing_but_its_host_can_be_reached() {
        send(1, cipher);

        HttpAccess.Request request = receiver.received().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url()).isEqualTo("https://hooks.example.com/x");
        assertThat(Receiver.body(request)).isEqualTo("{\"type\":\"webhook.test\"}");
        assertThat(request.headers())
                .containsEntry("webhook-id", "msg_" + DELIVERY)
                .containsEntry(
                        "webhook-timestamp", Long.toString(clock.instant().getEpochSecond()))
                .containsEntry(
                        "webhook-signature",
                        secret.signature("msg_" + DELIVERY, clock.instant(), "{\"type\":\"webhook.test\"}"));
        assertThat(receiver.terms())
                .containsExactly(
                        new Grants(Set.of(PermissionName.NETWORK_ACCESS), Set.of("hooks.example.com"), Set.of("POST")));
        assertThat(ends).containsExactly(new End(State.DELIVERED, Optional.of(204), Optional.empty(), Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 30", "3, 120", "6, 14400", "7, 43200", "9, 43200"})
    void what_fails_is_tried_again_after_a_pause_that_grows(int attempt, long seconds) {
        receiver.answers(500);

        send(attempt, cipher);

        assertThat(ends)
                .containsExactly(new End(
                        State.WAITING,
                        Optional.of(500),
                        Optional.of("it was answered 500, expected 2xx"),
                        Duration.ofSeconds(seconds)));
    }

    @Test
    void after_ten_attempts_it_is_dead() {
        receiver.answers(0);

        send(10, cipher);

        assertThat(ends).singleElement().satisfies(end -> {
            assertThat(end.state()).isEqualTo(State.DEAD);
            assertThat(end.status()).isEmpty();
            assertThat(end.problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).contains("could not talk to `hooks.example.com`"));
        });
    }

    @Test
    void without_the_key_of_its_secret_nothing_is_sent() {
        send(1, SecretCipher.NONE);

        assertThat(receiver.received()).isEmpty();
        assertThat(ends).singleElement().satisfies(end -> {
            assertThat(end.state()).isEqualTo(State.WAITING);
            assertThat(end.problem()).isPresent();
        });
    }

    private void send(int attempt, SecretCipher sendersCipher) {
        String sealed = cipher.seal(secret.text().getBytes(StandardCharsets.UTF_8), Webhook.place(TENANT, WEBHOOK))
                .text();
        Taken due = new Taken(
                TENANT,
                WEBHOOK,
                DELIVERY,
                attempt,
                "{\"type\":\"webhook.test\"}",
                "https://hooks.example.com/x",
                sealed);
        new WebhookSender(new OneDue(due), receiver, sendersCipher, clock).turn();
    }

    private final class OneDue implements WebhookOutbox {

        private final Taken due;

        OneDue(Taken due) {
            this.due = due;
        }

        @Override
        public List<TenantId> tenants() {
            return List.of(TENANT);
        }

        @Override
        public List<Taken> take(TenantId tenant, int most, Duration lease) {
            return List.of(due);
        }

        @Override
        public void settle(Taken taken, End end) {
            ends.add(end);
        }
    }
}
