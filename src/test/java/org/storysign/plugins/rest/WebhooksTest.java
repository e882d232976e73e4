package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.storysign.plugins.rest.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.plugin.webhook.Receiver;
import org.storysign.plugins.plugin.webhook.WebhookOutbox;
import org.storysign.plugins.plugin.webhook.WebhookSecret;
import org.storysign.plugins.plugin.webhook.WebhookSender;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.secret.SecretCipher;

/** Webhooks over HTTP. Deliveries are made when a test says so, to a receiver of its own. */
@ServiceTest
class WebhooksTest {

    private static final String WEBHOOKS = ApiTenant.BASE + "/webhooks";

    @Inject
    WebhookOutbox outbox;

    @Inject
    SecretCipher cipher;

    private final ApiTenant tenant = new ApiTenant();
    private final String url = "https://hooks.example.com/" + tenant.id();
    private final Receiver receiver = new Receiver();

    @Test
    void a_change_is_told_once_signed_with_the_secret_that_was_shown_once() throws Exception {
        Response made = make(Map.of("url", url, "event_types", List.of("plugin.enabled", "plugin.disabled")));
        String secret = made.then().statusCode(201).extract().path("secret");
        assertThat(list().asString()).contains(url).doesNotContain("whsec_");

        tenant.enable(PluginText.named("diary"), Guests.silent());
        deliver();
        deliver();

        HttpAccess.Request told = received().getFirst();
        JsonNode event = new ObjectMapper().readTree(told.body());
        assertThat(received()).hasSize(1);
        assertThat(event.at("/type").asText()).isEqualTo("plugin.enabled");
        assertThat(event.at("/data/plugin_id").asText()).isEqualTo("diary");
        assertThat(event.at("/data/tenant").asText()).isEqualTo(tenant.id().value());
        assertThat(told.headers())
                .containsEntry(
                        "webhook-signature",
                        WebhookSecret.of(secret)
                                .signature(
                                        header(told, "webhook-id"),
                                        Instant.ofEpochSecond(Long.parseLong(header(told, "webhook-timestamp"))),
                                        Receiver.body(told)));
        deliveries(made)
                .then()
                .body("deliveries", hasSize(1))
                .body("deliveries[0].message_id", equalTo(header(told, "webhook-id")))
                .body("deliveries[0].state", equalTo("delivered"))
                .body("deliveries[0].attempts", equalTo(1))
                .body("deliveries[0].last_status", equalTo(204));
    }

    @Test
    void what_could_not_be_delivered_waits_for_the_next_attempt_and_says_why() {
        Response made = make(Map.of("url", url));
        receiver.answers(500);

        tenant.admin()
                .post(WEBHOOKS + "/" + made.path("webhook.webhook_id") + "/test")
                .then()
                .statusCode(202);
        deliver();

        assertThat(received()).hasSize(1);
        deliveries(made)
                .then()
                .body("deliveries[0].event_type", equalTo("webhook.test"))
                .body("deliveries[0].state", equalTo("waiting"))
                .body("deliveries[0].attempts", equalTo(1))
                .body("deliveries[0].last_status", equalTo(500))
                .body("deliveries[0].last_problem", equalTo("it was answered 500, expected 2xx"));
    }

    @Test
    void a_webhook_that_was_deleted_is_told_nothing_any_more() {
        Response made = make(Map.of("url", url));
        tenant.upload(PluginText.named("diary").toString(), Wat.assemble(Guests.silent()))
                .then()
                .statusCode(201);

        String address = WEBHOOKS + "/" + made.path("webhook.webhook_id");
        tenant.admin().delete(address).then().statusCode(204);
        deliver();

        assertThat(received()).isEmpty();
        assertProblem(tenant.admin().delete(address), ProblemCode.NOT_FOUND);
        assertProblem(tenant.admin().post(address + "/test"), ProblemCode.NOT_FOUND);
        assertProblem(tenant.admin().get(address + "/deliveries"), ProblemCode.NOT_FOUND);
        assertThat(tenant.admin().get(ApiTenant.BASE + "/audit").asString())
                .contains("webhook.create", "webhook.delete")
                .doesNotContain("whsec_");
    }

    @Test
    void another_tenant_neither_sees_nor_changes_it_nor_is_told_of() {
        Response made = make(Map.of("url", url));
        ApiTenant other = new ApiTenant();

        other.enable(PluginText.named("diary"), Guests.silent());
        deliver();

        String address = WEBHOOKS + "/" + made.path("webhook.webhook_id");
        assertThat(received()).isEmpty();
        other.admin().get(WEBHOOKS).then().body("webhooks", empty());
        assertProblem(other.admin().delete(address), ProblemCode.NOT_FOUND);
        assertProblem(other.admin().post(address + "/test"), ProblemCode.NOT_FOUND);
        assertProblem(other.admin().get(address + "/deliveries"), ProblemCode.NOT_FOUND);
    }

    @Test
    void a_tenant_has_at_most_20_webhooks() {
        for (int webhook = 0; webhook < 20; webhook++) {
            make(Map.of("url", url)).then().statusCode(201);
        }

        assertProblem(make(Map.of("url", url)), ProblemCode.REQUEST_INVALID);
        list().then().body("webhooks", hasSize(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\": \"http://hooks.example.com\"}",
                "{\"url\": \"https://169.254.169.254/latest\"}",
                "{\"url\": \"https://localhost/\"}",
                "{\"url\": \"https://hooks.example.com\", \"event_types\": []}",
                "{\"url\": \"https://hooks.example.com\", \"event_types\": [\"plugin.exploded\"]}",
                "{\"url\": \"https://hooks.example.com\", \"event_types\": [1]}",
                "{\"url\": \"https://hooks.example.com\", \"secret\": \"mine\"}"
            })
    void what_is_no_webhook_is_refused(String form) {
        assertProblem(
                tenant.admin().contentType(ContentType.JSON).body(form).post(WEBHOOKS), ProblemCode.REQUEST_INVALID);
    }

    private static String header(HttpAccess.Request told, String name) {
        return Objects.requireNonNull(told.headers().get(name));
    }

    private Response make(Map<String, ?> form) {
        return tenant.admin().contentType(ContentType.JSON).body(form).post(WEBHOOKS);
    }

    private Response list() {
        return tenant.admin().get(WEBHOOKS);
    }

    private Response deliveries(Response made) {
        return tenant.admin().get(made.header("Location"));
    }

    private void deliver() {
        new WebhookSender(outbox, receiver, cipher, Clock.systemUTC()).turn();
    }

    /** Requests for this test's webhook; other tests' may be due as well. */
    private List<HttpAccess.Request> received() {
        return receiver.received().stream()
                .filter(request -> request.url().equals(url))
                .toList();
    }
}
