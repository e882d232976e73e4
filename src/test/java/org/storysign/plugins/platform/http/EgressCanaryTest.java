package org.storysign.plugins.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.TrapException;

/**
 * A canary listens on the loopback address, and a plugin that was granted the very host it names tries to reach it. A server at
 * 127.0.0.2 plays the public internet. No attempt reaches the canary.
 */
@Timeout(60)
class EgressCanaryTest {

    private static final InetAddress PUBLIC = address("127.0.0.2");
    private static final Duration LONG = Duration.ofSeconds(10);

    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger visits = new AtomicInteger();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ServerSocket canary = listening("127.0.0.1");

    @BeforeEach
    void answerTheCanary() {
        answering(canary, hits, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ncanary");
    }

    @AfterEach
    void noneReachedIt() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        assertThat(hits).hasValue(0);
    }

    /** Every way to write an address of this machine, with the names looked up as the machine does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.0.0.1.",
                "127.0.0.01",
                "0",
                "0.0.0.0",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "LocalHost.localdomain",
                "ip6-localhost",
                "ip6-loopback",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[::1%25lo]",
                "127.0.0.1%00.example",
                "①②⑦.⓪.⓪.①",
                "127。0。0。1"
            })
    void by_a_name_of_this_machine(String host) {
        GuardedHttp http = http(InetAddress::getAllByName);
        String authority = host.toLowerCase(Locale.ROOT) + ":" + canary.getLocalPort();

        for (String scheme : List.of("http", "HTTP", "https")) {
            attempt(http, authority, scheme + "://" + host + ":" + canary.getLocalPort() + "/");
        }
    }

    /** A name that leads, beside a public address or alone, to where plugins must not go. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "0.0.0.0",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "ff02::1",
                "2001:db8::1"
            })
    void by_a_name_that_leads_inside(String inside) {
        ServerSocket outside = outside("HTTP/1.1 200 OK\r\n\r\n");
        for (List<InetAddress> found :
                List.of(List.of(address(inside)), List.of(PUBLIC, address(inside)), List.of(address(inside), PUBLIC))) {
            GuardedHttp http = http(host -> found.toArray(InetAddress[]::new));

            attempt(
                    http,
                    "api.example:" + outside.getLocalPort(),
                    "http://api.example:" + outside.getLocalPort() + "/");
            attempt(http, "api.example:" + canary.getLocalPort(), "http://api.example:" + canary.getLocalPort() + "/");
        }
        assertThat(visits).hasValue(0);
    }

    /** Addresses that one reader takes for the granted host and another for the canary. */
    static Stream<Arguments> ambiguous() {
        return Stream.<Function<String, String>>of(
                        canary -> "http://api.example@" + canary + "/",
                        canary -> "http://api.example:80@" + canary + "/",
                        canary -> "http://api.example%40" + canary + "/",
                        canary -> "http://api.example\\@" + canary + "/",
                        canary -> "http://api.example#@" + canary + "/",
                        canary -> "http://api.example?@" + canary + "/",
                        canary -> "http://api.example;@" + canary + "/",
                        canary -> "http://" + canary + "#api.example/",
                        canary -> "http://" + canary + "\\.api.example/",
                        canary -> "http://" + canary + "?api.example",
                        canary -> "http://" + canary + "%23.api.example/",
                        canary -> "http://" + canary + "\t.api.example/",
                        canary -> "http://" + canary + "\r\n.api.example/",
                        canary -> "http://" + canary + "\0.api.example/",
                        canary -> "http:\\\\" + canary + "/",
                        canary -> "http:///" + canary + "/",
                        canary -> "http:" + canary + "/",
                        canary -> "//" + canary + "/",
                        canary -> canary + "/",
                        canary -> " http://" + canary + "/",
                        canary -> "ftp://" + canary + "/",
                        canary -> "gopher://" + canary + "/",
                        canary -> "file://" + canary + "/",
                        canary -> "jar:http://" + canary + "/!/",
                        canary -> "ws://" + canary + "/")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void by_an_address_that_can_be_read_in_two_ways(Function<String, String> url) {
        ServerSocket outside = outside("HTTP/1.1 200 OK\r\n\r\n");
        GuardedHttp http = http(host -> new InetAddress[] {PUBLIC});

        for (String granted : List.of("api.example", "api.example:" + outside.getLocalPort())) {
            attempt(http, granted, url.apply("127.0.0.1:" + canary.getLocalPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 305, 306, 307, 308})
    void by_a_redirect(int status) {
        for (String location : List.of(
                "http://127.0.0.1:" + canary.getLocalPort() + "/",
                "//127.0.0.1:" + canary.getLocalPort() + "/",
                "https://127.0.0.1:" + canary.getLocalPort() + "/")) {
            ServerSocket outside =
                    outside("HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
            int before = visits.get();

            attempt(
                    http(host -> new InetAddress[] {PUBLIC}),
                    "api.example:" + outside.getLocalPort(),
                    "http://api.example:" + outside.getLocalPort() + "/");

            assertThat(visits).hasValue(before + 1);
        }
    }

    @Test
    void by_a_name_that_is_public_when_it_is_checked_and_inside_when_it_is_used() {
        AtomicInteger lookups = new AtomicInteger();
        GuardedHttp http = http(host ->
                new InetAddress[] {lookups.getAndIncrement() == 0 ? PUBLIC : InetAddress.getByName("127.0.0.1")});

        attempt(http, "api.example:" + canary.getLocalPort(), "http://api.example:" + canary.getLocalPort() + "/");
        attempt(http, "api.example:" + canary.getLocalPort(), "http://api.example:" + canary.getLocalPort() + "/");

        assertThat(lookups).as("one lookup a request").hasValue(2);
    }

    @Test
    void by_the_header_that_names_a_host() {
        ServerSocket outside = outside("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        attempt(
                http(host -> new InetAddress[] {PUBLIC}),
                "api.example:" + outside.getLocalPort(),
                new HttpAccess.Request(
                        "GET",
                        "http://api.example:" + outside.getLocalPort() + "/",
                        Map.of("Host", "127.0.0.1:" + canary.getLocalPort(), "X-Forwarded-Host", "127.0.0.1"),
                        new byte[0]));

        assertThat(visits).hasValue(1);
    }

    @Test
    void by_the_proxy_settings_of_the_process() {
        ServerSocket outside = outside("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        Map<String, String> proxies = Map.of(
                "http.proxyHost",
                "127.0.0.1",
                "http.proxyPort",
                "" + canary.getLocalPort(),
                "https.proxyHost",
                "127.0.0.1",
                "https.proxyPort",
                "" + canary.getLocalPort(),
                "socksProxyHost",
                "127.0.0.1",
                "socksProxyPort",
                "" + canary.getLocalPort());
        proxies.forEach(System::setProperty);
        try {
            attempt(
                    http(host -> new InetAddress[] {PUBLIC}),
                    "api.example:" + outside.getLocalPort(),
                    "http://api.example:" + outside.getLocalPort() + "/");
        } finally {
            proxies.keySet().forEach(System::clearProperty);
        }

        assertThat(visits).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "connect", "PRI", "GET http://127.0.0.1/ HTTP/1.1\r\nX: "})
    void by_a_method_for_proxies(String method) {
        ServerSocket outside = outside("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        attempt(
                http(host -> new InetAddress[] {PUBLIC}),
                "api.example:" + outside.getLocalPort(),
                new HttpAccess.Request(
                        method, "http://127.0.0.1:" + canary.getLocalPort() + "/", Map.of(), new byte[0]));
    }

    @Test
    void the_canary_sings_when_it_is_reached() throws IOException {
        try (Socket visitor = new Socket("127.0.0.1", canary.getLocalPort())) {
            visitor.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(visitor.getInputStream().readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .endsWith("canary");
        }
        assertThat(hits.getAndSet(0)).isOne();
    }

    private void attempt(GuardedHttp http, String granted, String url) {
        attempt(http, granted, new HttpAccess.Request("GET", url, Map.of(), new byte[0]));
    }

    /** It may be denied or fail, and it may reach the public server; what counts is the canary. */
    private static void attempt(GuardedHttp http, String granted, HttpAccess.Request request) {
        Set<String> methods = new HashSet<>(List.of("GET", request.method()));
        Grants grants = new Grants(Set.of(PermissionName.NETWORK_ACCESS), Set.of(granted), methods);
        try {
            http.accessFor(grants).send(request, new MemorySize(1_000), LONG);
        } catch (TrapException deniedOrFailed) {
            assertThat(deniedOrFailed.trap().code().code()).isIn("http-denied", "http-failed");
        }
    }

    private GuardedHttp http(NameLookup names) {
        GuardedHttp http = new GuardedHttp(
                names,
                address -> address.equals(PUBLIC) || PublicAddress.isPublic(address),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Egress.STRAIGHT);
        open.add(http);
        return http;
    }

    private ServerSocket outside(String answer) {
        ServerSocket server = listening("127.0.0.2");
        answering(server, visits, answer);
        return server;
    }

    private static ServerSocket listening(String address) {
        try {
            return new ServerSocket(0, 5, address(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answering(ServerSocket server, AtomicInteger count, String answer) {
        open.add(server);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    try (Socket client = server.accept()) {
                        count.incrementAndGet();
                        client.getInputStream().read(new byte[4_096]);
                        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    }
                }
            } catch (IOException closed) {
                // The test is over, or the client went away.
            }
        });
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
