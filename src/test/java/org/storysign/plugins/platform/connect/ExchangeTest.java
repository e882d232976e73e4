package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.Pauses;

@Timeout(60)
class ExchangeTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Exchange.Request READING = new Exchange.Request("GET", "/", Map.of(), new byte[0]);

    /** Not the common pool, which the HTTP client needs. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void a_connection_that_was_given_up_is_closed() throws Exception {
        try (Exchange exchange = new Exchange();
                ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> hungUp = CompletableFuture.supplyAsync(() -> readsToTheEnd(server), threads);

            assertThatThrownBy(() -> exchange.send(at(server), READING, Duration.ofMillis(200)))
                    .isInstanceOfSatisfying(Exchange.Failed.class, failed -> {
                        assertThat(failed.late()).isTrue();
                        assertThat(failed.reached()).isEqualTo(Exchange.Reached.SERVICE);
                    });

            assertThat(hungUp.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n|X-Filler: yes\r\n",
                "HTTP/1.1 200 OK\r\n|X",
                "|x",
                "hello\r\n\r\n|x",
                "HTTP/1.1 20 OK\r\n\r\n|x",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n|x",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n|x",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n|x",
                "HTTP/1.1 100 Continue\r\n\r\n|HTTP/1.1 100 Continue\r\n\r\n"
            })
    void what_is_no_http_or_has_no_end_is_refused_and_hung_up_on(String said) throws Exception {
        String[] parts = said.split("\\|", 2);
        try (Exchange exchange = new Exchange();
                ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Long> written =
                    CompletableFuture.supplyAsync(() -> writes(server, parts[0], parts[1].repeat(1_000)), threads);

            assertThatThrownBy(() -> exchange.send(at(server), READING, LONG))
                    .isInstanceOfSatisfying(
                            Exchange.Failed.class,
                            failed -> assertThat(failed.late()).isFalse());

            assertThat(written.get(LONG.toSeconds(), TimeUnit.SECONDS)).isLessThan(64L << 20);
        }
    }

    @Test
    void what_was_never_sent_is_told_apart() throws IOException {
        ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        gone.close();
        try (Exchange exchange = new Exchange()) {
            for (Endpoint nowhere :
                    Set.of(at(gone), new Endpoint(URI.create("http://nobody.invalid"), Optional.empty()))) {
                assertThatThrownBy(() -> exchange.send(nowhere, READING, LONG))
                        .as(nowhere.toString())
                        .isInstanceOfSatisfying(
                                Exchange.Failed.class,
                                failed -> assertThat(failed.reached()).isEqualTo(Exchange.Reached.NOTHING));
            }
        }
    }

    @Test
    void no_thread_is_left_when_it_is_closed() throws Exception {
        Set<Thread> before = clientThreads();
        try (Product product = Probe.product(Product.PATIENT)) {
            for (Probe probe : Probe.values()) {
                probe.call(product, LONG);
            }
            assertThat(clientThreads()).hasSizeGreaterThan(before.size());
        }

        Pauses.await("its threads have ended", LONG, () -> before.containsAll(clientThreads()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://product.example",
                "product.example",
                "http:product",
                "http:///users",
                "mailto:product@example.org",
                "https://operator:secret@product.example",
                "https://secret@product.example",
                "https://product.example/?key=secret",
                "https://product.example/#secret"
            })
    void an_address_that_is_none_or_tells_more_is_refused_without_repeating_the_rest(String address) {
        assertThatThrownBy(() -> new Endpoint(URI.create(address), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url is `")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\r\nX-Other: yes", "schlüssel"})
    void a_key_that_no_header_can_hold_is_refused_without_being_told(String key) {
        assertThatThrownBy(() -> new Endpoint(URI.create("https://product.example"), Optional.of(key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key holds what is no visible ASCII character");
    }

    @Test
    void an_endpoint_never_shows_its_key_and_needs_no_slash_at_its_end() {
        Endpoint endpoint = new Endpoint(URI.create("https://product.example/users//"), Optional.of("secret"));

        assertThat(endpoint).hasToString("https://product.example/users");
        assertThat(endpoint.at("/user")).isEqualTo(URI.create("https://product.example/users/user"));
    }

    private static Endpoint at(ServerSocket server) {
        return new Endpoint(URI.create("http://127.0.0.1:" + server.getLocalPort()), Optional.empty());
    }

    private static boolean readsToTheEnd(ServerSocket server) {
        try (Socket client = server.accept()) {
            while (client.getInputStream().read() >= 0) {
                // Until the other side hangs up.
            }
            return true;
        } catch (IOException reset) {
            return true;
        }
    }

    /** The second again and again until the other side hangs up; how many bytes. */
    private static long writes(ServerSocket server, String first, String then) {
        long written = 0;
        try (Socket client = server.accept()) {
            client.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                client.getOutputStream().write(then.getBytes(StandardCharsets.US_ASCII));
                written += then.length();
            }
        } catch (IOException hungUp) {
            return written;
        }
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-"))
                .collect(Collectors.toSet());
    }
}
