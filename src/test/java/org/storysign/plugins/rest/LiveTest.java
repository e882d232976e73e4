package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.platform.LiveOutbox;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.NoticeLevel;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.Toasts;

@ServiceTest
class LiveTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ApiTenant tenant = new ApiTenant();

    @Inject
    LiveOutbox outbox;

    @Inject
    Notifications notifications;

    @Inject
    Toasts toasts;

    @Inject
    MeterRegistry meters;

    @Test
    void a_message_reaches_its_user_and_a_broadcast_those_who_listen() throws Exception {
        Page ada = Page.open(ticket(tenant, "ada", "class:7"));
        Page ben = Page.open(ticket(tenant, "ben", "class:8"));
        Page stranger = Page.open(ticket(new ApiTenant(), "ada", "class:7"));
        untilHeard(ada, message(Optional.of("ada"), Optional.empty(), "\"hello\""));
        untilHeard(ben, message(Optional.of("ben"), Optional.empty(), "\"hello\""));
        publish(message(Optional.empty(), Optional.of("class:7"), "{\"n\":1.50}"));
        publish(message(Optional.of("ben"), Optional.of("class:8"), "2"));

        assertThat(ada.next())
                .contains("\"type\":\"broadcast\"", "\"plugin_id\":\"notes\"", "\"payload\":{\"n\":1.50}");
        assertThat(ben.next()).contains("\"type\":\"message\"", "\"channel\":\"class:8\"", "\"payload\":2");
        assertThat(ada.received).isEmpty();
        assertThat(stranger.received).isEmpty();
    }

    @Test
    void a_notification_and_a_toast_reach_the_open_pages_of_their_user_and_are_found_under_the_same_id()
            throws Exception {
        Page ada = Page.open(ticket(tenant, "ada", "c"));
        Page ben = Page.open(ticket(tenant, "ben", "c"));
        untilHeard(ada, message(Optional.of("ada"), Optional.empty(), "1"));
        untilHeard(ben, message(Optional.of("ben"), Optional.empty(), "1"));
        DataOwner to = new DataOwner(tenant.id(), new PluginId("notes"), Optional.of(new UserId("ada")));

        long number = notifications.send(
                to, new Notice(NoticeLevel.SUCCESS, "A \"week\"", "Seven days", "/streak"), Duration.ofSeconds(10));
        toasts.show(to, new Notice(NoticeLevel.INFO, "Saved", "", ""), Duration.ofSeconds(10));
        publish(message(Optional.of("ben"), Optional.empty(), "2"));

        assertThat(ada.next())
                .contains(
                        "\"type\":\"notification\",\"plugin_id\":\"notes\",\"channel\":null",
                        "\"payload\":{\"id\" : \"" + number
                                + "\", \"level\" : \"success\", \"title\" : \"A \\\"week\\\"\"",
                        "\"body\" : \"Seven days\", \"link\" : \"/streak\"}");
        assertThat(ada.next()).contains("\"type\":\"toast\"", "\"title\" : \"Saved\"", "\"link\" : null");
        assertThat(ben.next()).contains("\"type\":\"message\"", "\"payload\":2");
        tenant.as(Role.CALLER)
                .queryParam("user_id", "ada")
                .get(ApiTenant.BASE + "/notifications")
                .then()
                .body("notifications.id", hasItem(Long.toString(number)));
    }

    @Test
    void the_status_counts_the_open_pages_of_the_tenant() throws Exception {
        Page ada = Page.open(ticket(tenant, "ada", "c"));
        untilHeard(ada, message(Optional.of("ada"), Optional.empty(), "1"));

        tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/status").then().body("live.connections", equalTo(1));
        new ApiTenant().as(Role.VIEWER).get(ApiTenant.BASE + "/status").then().body("live.connections", equalTo(0));
    }

    @Test
    void a_ticket_opens_one_connection() throws Exception {
        String ticket = ticket(tenant, "ada", "c");
        Page first = Page.open(ticket);
        untilHeard(first, message(Optional.of("ada"), Optional.empty(), "1"));

        assertThat(Page.open(ticket).closed.get(10, TimeUnit.SECONDS)).isEqualTo(4401);
    }

    @Test
    void a_guessed_ticket_and_a_token_open_none() throws Exception {
        assertThat(Page.open("ssu_" + "A".repeat(43)).closed.get(10, TimeUnit.SECONDS))
                .isEqualTo(4401);
        assertThat(Page.open(tenant.token("ada")).closed.get(10, TimeUnit.SECONDS))
                .isEqualTo(4401);
    }

    @Test
    void what_is_no_ticket_and_a_foreign_origin_are_refused_before_there_is_a_connection() {
        assertThat(status("", Optional.empty())).isEqualTo(401);
        assertThat(status("?ticket=", Optional.empty())).isEqualTo(401);
        assertThat(status("?ticket=ssu_%41", Optional.empty())).isEqualTo(401);
        assertThat(status("?ticket=" + ticket(tenant, "ada", "c"), Optional.of("https://evil.example")))
                .isEqualTo(403);
    }

    @Test
    void a_client_that_says_something_is_closed() throws Exception {
        Page text = Page.open(ticket(tenant, "ada", "c"));
        text.socket.join().sendText("hello", true);
        assertThat(text.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1008);

        Page huge = Page.open(ticket(tenant, "ada", "c"));
        huge.socket.join().sendBinary(ByteBuffer.allocate(1 << 20), true);
        assertThat(huge.closed.get(10, TimeUnit.SECONDS)).isNotEqualTo(1000);
    }

    @Test
    void a_user_has_so_many_connections() throws Exception {
        for (int i = 0; i < 10; i++) {
            untilHeard(Page.open(ticket(tenant, "ada", "c")), message(Optional.of("ada"), Optional.empty(), "1"));
        }

        assertThat(Page.open(ticket(tenant, "ada", "c")).closed.get(10, TimeUnit.SECONDS))
                .isEqualTo(4429);
    }

    @Test
    void a_client_that_stops_reading_is_closed_alone() throws Exception {
        Page ada = Page.open(ticket(tenant, "ada", "flood"));
        untilHeard(ada, message(Optional.of("ada"), Optional.empty(), "1"));
        double before = tooSlow();
        double open = connections();
        WebSocket deaf = HTTP.newWebSocketBuilder()
                .buildAsync(address("?ticket=" + ticket(tenant, "ben", "flood")), new Deaf())
                .join();
        Pauses.await("the connection", Duration.ofSeconds(30), () -> connections() == open + 1);
        ada.received.clear();

        String large = "\"" + "x".repeat(16_000) + "\"";
        int sent = 0;
        while (tooSlow() == before && sent < 3_000) {
            publish(message(Optional.empty(), Optional.of("flood"), large));
            sent++;
        }

        assertThat(tooSlow()).isEqualTo(before + 1);
        for (int heard = 0; heard < sent; heard++) {
            ada.next();
        }
        assertThat(ada.closed).isNotDone();
        deaf.abort();
    }

    private double connections() {
        return meters.get("storysign_live_connections").gauge().value();
    }

    private double tooSlow() {
        return meters.get("storysign_live_too_slow").counter().count();
    }

    /** A connection counts once its ticket is taken, which it is not told: so this sends until it hears, and then to the end of that. */
    private void untilHeard(Page page, LiveMessage message) throws InterruptedException {
        for (int tries = 0; tries < 100 && page.received.isEmpty(); tries++) {
            publish(message);
            String heard = page.received.poll(100, TimeUnit.MILLISECONDS);
            if (heard != null) {
                page.received.add(heard);
            }
        }
        String end = "the end of " + UUID.randomUUID();
        publish(message(
                message.user().map(UserId::value),
                message.channel(),
                JsonNodeFactory.instance.textNode(end).toString()));
        while (!page.next().contains(end)) {
            // what was sent before
        }
    }

    private LiveMessage message(Optional<String> user, Optional<String> channel, String payload) {
        return new LiveMessage(
                UUID.randomUUID(), tenant.id(), new PluginId("notes"), user.map(UserId::new), channel, payload);
    }

    private void publish(LiveMessage message) {
        outbox.publish(message, Duration.ofSeconds(10));
    }

    private static String ticket(ApiTenant tenant, String user, String channel) {
        String token = tenant.as(Role.CALLER)
                .contentType(ContentType.JSON)
                .body(Map.of("user_id", user, "channels", List.of(channel)))
                .post(ApiTenant.BASE + "/tokens")
                .path("token");
        return ApiTenant.anonymous()
                .header("Authorization", "Bearer " + token)
                .post(ApiTenant.BASE + "/tokens/ticket")
                .path("ticket");
    }

    private static int status(String query, Optional<String> origin) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        origin.ifPresent(value -> builder.header("Origin", value));
        CompletableFuture<WebSocket> opening = builder.buildAsync(address(query), new Page());
        int[] status = new int[1];
        assertThatThrownBy(opening::join)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> status[0] = refused.getResponse().statusCode());
        return status[0];
    }

    private static URI address(String query) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return URI.create("ws://localhost:" + (port == 0 ? io.restassured.RestAssured.port : port) + ApiTenant.BASE
                + "/live" + query);
    }

    /** Opens and reads nothing. */
    private static final class Deaf implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket opened) {
            // asks for nothing
        }
    }

    /** A page of the product that is connected. */
    private static final class Page implements WebSocket.Listener {

        private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();
        private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

        static Page open(String ticket) {
            Page page = new Page();
            page.socket.complete(HTTP.newWebSocketBuilder()
                    .buildAsync(address("?ticket=" + ticket), page)
                    .join());
            return page;
        }

        String next() throws InterruptedException {
            String message = received.poll(10, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            return message;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                received.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage("");
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage("");
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.complete(1006);
        }
    }
}
