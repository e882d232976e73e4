package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.Wat;

/** What a plugin says at one process reaches the pages that are connected to any. */
class LiveIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int BROADCASTS = 20;

    private static final String MANIFEST = """
            {"manifest_version": 1, "id": "herald", "name": "Herald", "version": "1.0.0",
             "description": "Says something to everybody", "author": "The tests", "entry_point": "plugin.wasm",
             "permissions": ["modify:ui"], "hooks": [{"name": "news", "type": "after", "handler": "handle"}]}""";

    private final TenantId tenant = Tenants.fresh();

    @Test
    void every_page_gets_what_is_said_at_either_process() {
        everyPageGets(60);
    }

    @Test
    @Tag("full")
    void a_thousand_pages_get_what_is_said_at_either_process() {
        everyPageGets(1_000);
    }

    private void everyPageGets(int pages) {
        try (ServiceProcess one = ServiceProcess.start("live-one");
                ServiceProcess other = ServiceProcess.start("live-other")) {
            Client here = Client.of(one, tenant);
            Client there = Client.of(other, tenant);
            enable(here);
            assertThat(Pauses.until(PATIENCE, () -> said(there))).isTrue();
            List<Page> connected = new ArrayList<>();
            for (int number = 0; number < pages; number++) {
                connected.add(Page.open(number % 2 == 0 ? here : there, "user-" + number));
            }
            assertThat(Pauses.until(PATIENCE, () -> {
                        said(here);
                        return connected.stream().noneMatch(page -> page.heard.isEmpty());
                    }))
                    .isTrue();
            // What was said while they connected is on its way still.
            Pauses.millis(2_000);
            connected.forEach(page -> page.heard.clear());

            List<Long> delays = new ArrayList<>();
            for (int broadcast = 0; broadcast < BROADCASTS; broadcast++) {
                int known = broadcast;
                long begun = System.nanoTime();
                assertThat(said(broadcast % 2 == 0 ? here : there)).isTrue();
                assertThat(Pauses.until(PATIENCE, () -> connected.stream().allMatch(page -> page.heard.size() > known)))
                        .isTrue();
                connected.forEach(page -> delays.add(page.last - begun));
            }
            assertThat(connected).allSatisfy(page -> assertThat(page.heard).hasSize(BROADCASTS));
            delays.sort(null);
            System.out.printf(
                    "live: %d pages at 2 processes, %d broadcasts, from the hook's request to the page p50 %.1f ms, p99 %.1f ms%n",
                    pages, BROADCASTS, delays.get(delays.size() / 2) / 1e6, delays.get(delays.size() * 99 / 100) / 1e6);
            connected.forEach(page -> page.socket.join().abort());
        }
    }

    private static void enable(Client client) {
        String wat = Guests.calling("live_broadcast", "{\"channel\": \"news\", \"payload\": \"hear\"}");
        assertThat(client.install(MANIFEST, Wat.assemble(wat)).status()).isEqualTo(201);
        String grants = "\"grants\": [\"modify:ui\"]";
        String consent = client.post("/herald/enable", "{" + grants + "}")
                .json()
                .path("consent")
                .asText();
        Client.Answer enabled = client.post("/herald/enable", "{" + grants + ", \"consent\": \"" + consent + "\"}");
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
    }

    private static boolean said(Client client) {
        Client.Answer answer = client.post("/hooks/news", "{\"type\": \"after\"}");
        return answer.json().at("/executions/0/status").asText().equals("completed");
    }

    /** A page of a user that is connected. */
    private static final class Page implements WebSocket.Listener {

        private final Map<String, Boolean> heard = new ConcurrentHashMap<>();
        private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
        private volatile long last;

        static Page open(Client client, String user) {
            Client.Answer token = client.post("/tokens", "{\"user_id\": \"" + user + "\", \"channels\": [\"news\"]}");
            Client.Answer ticket =
                    client.as(token.json().path("token").asText()).post("/tokens/ticket", "{}");
            assertThat(ticket.json().path("ticket").isTextual())
                    .as(ticket.body())
                    .isTrue();
            Page page = new Page();
            URI address = URI.create(client.address().toString().replace("http:", "ws:") + "/api/plugins/live?ticket="
                    + ticket.json().path("ticket").asText());
            page.socket.complete(
                    HTTP.newWebSocketBuilder().buildAsync(address, page).join());
            return page;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
            last = System.nanoTime();
            heard.put(data.toString(), true);
            from.request(1);
            return CompletableFuture.completedStage("");
        }
    }
}
