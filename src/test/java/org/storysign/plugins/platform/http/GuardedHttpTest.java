package org.storysign.plugins.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** Against a server of this test on the loopback address, which only these tests let plugins reach. */
@Timeout(60)
class GuardedHttpTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final MemorySize BODY = new MemorySize(10);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> lookups = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private GuardedHttp http(boolean loopback, SSLSocketFactory tls) {
        GuardedHttp http = new GuardedHttp(
                host -> {
                    lookups.add(host);
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                },
                address -> loopback || PublicAddress.isPublic(address),
                tls,
                Egress.STRAIGHT);
        open.add(http);
        return http;
    }

    private GuardedHttp http() {
        return http(true, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private static Grants granted(String host, String... methods) {
        return new Grants(Set.of(PermissionName.NETWORK_ACCESS), Set.of(host), Set.of(methods));
    }

    /** A server that gives every connection this answer and, unless told to stay, hangs up. */
    private int server(ServerSocket listening, String answer, boolean hangsUp) {
        open.add(listening);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = listening.accept();
                    open.add(client);
                    byte[] request = new byte[4_096];
                    int length = client.getInputStream().read(request);
                    received.add(new String(request, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    client.getOutputStream().flush();
                    if (hangsUp) {
                        client.close();
                    }
                }
            } catch (IOException closed) {
                // The test is over, or the client did not want to go on.
            }
        });
        return listening.getLocalPort();
    }

    private int server(String answer) throws IOException {
        return server(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), answer, true);
    }

    private static HttpAccess.Request get(String url) {
        return new HttpAccess.Request("GET", url, Map.of(), new byte[0]);
    }

    private HttpAccess.Response fetch(String answer) throws IOException {
        int port = server(answer);
        return http().accessFor(granted("api.example:" + port, "GET"))
                .send(get("http://api.example:" + port + "/"), BODY, LONG);
    }

    private Trap refused(HttpAccess access, HttpAccess.Request request, Duration timeLeft) {
        return catchThrowableOfType(TrapException.class, () -> access.send(request, BODY, timeLeft))
                .trap();
    }

    @Test
    void a_granted_request_arrives_as_it_was_meant_and_its_answer_comes_back() throws IOException {
        int port = server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello");
        HttpAccess access = http().accessFor(granted("api.example:" + port, "GET", "POST"));

        HttpAccess.Response response = access.send(
                new HttpAccess.Request(
                        "POST",
                        "http://API.example:" + port + "/signs?q=a",
                        Map.of("X-Key", "1", "Host", "evil.example", "Content-Length", "99", "transfer-encoding", "x"),
                        "body".getBytes(StandardCharsets.UTF_8)),
                BODY,
                LONG);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("x-a", "b");
        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        assertThat(received.getFirst())
                .startsWith("POST /signs?q=a HTTP/1.1\r\nHost: api.example:" + port + "\r\n")
                .contains("Content-Length: 4\r\n", "X-Key: 1\r\n")
                .doesNotContain("evil", "Content-Length: 99", "transfer");
        assertThat(lookups).containsExactly("api.example");
    }

    @Test
    void chunks_and_bodies_without_a_length_are_read_to_their_end() throws IOException {
        assertThat(fetch("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
                        .body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("abcde");
        assertThat(fetch("HTTP/1.0 500 Oops\r\n\r\nto the end").body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("to the end");
        assertThat(fetch("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No\r\n\r\n").status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n01234567890",
                "HTTP/1.1 200 OK\r\n\r\n01234567890",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n67890\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 999999999999999\r\n\r\n"
            })
    void a_body_of_one_byte_too_many_fails(String answer) throws IOException {
        int port = server(answer);
        HttpAccess access = http().accessFor(granted("api.example:" + port, "GET"));

        assertThat(refused(access, get("http://api.example:" + port + "/"), LONG))
                .isEqualTo(new Trap.HttpFailed("got an answer with a body larger than 10 bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nbroken\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void what_is_not_an_answer_fails(String answer) throws IOException {
        int port = server(answer);
        HttpAccess access = http().accessFor(granted("api.example:" + port, "GET"));

        assertThat(refused(access, get("http://api.example:" + port + "/"), LONG))
                .isInstanceOf(Trap.HttpFailed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_refused(int status) throws IOException {
        int port = server("HTTP/1.1 " + status + " Moved\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n");
        HttpAccess access = http().accessFor(granted("api.example:" + port, "GET"));

        assertThat(refused(access, get("http://api.example:" + port + "/"), LONG))
                .isInstanceOf(Trap.HttpDenied.class);
        assertThat(received).hasSize(1);
    }

    @Test
    void a_name_that_leads_to_an_address_that_is_not_public_is_refused_before_any_connection() throws IOException {
        int port = server("HTTP/1.1 200 OK\r\n\r\n");
        HttpAccess access = http(false, (SSLSocketFactory) SSLSocketFactory.getDefault())
                .accessFor(granted("api.example:" + port, "GET"));

        assertThat(refused(access, get("http://api.example:" + port + "/"), LONG))
                .isInstanceOf(Trap.HttpDenied.class);
        assertThat(received).isEmpty();
    }

    @Test
    void one_private_address_among_public_ones_is_enough_to_refuse_a_name() throws UnknownHostException {
        InetAddress[] addresses = {InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1")};
        GuardedHttp http = new GuardedHttp(
                host -> addresses,
                PublicAddress::isPublic,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Egress.STRAIGHT);
        open.add(http);

        assertThat(refused(http.accessFor(granted("api.example", "GET")), get("http://api.example/"), LONG))
                .isInstanceOf(Trap.HttpDenied.class);
    }

    @Test
    void a_name_that_does_not_exist_fails() {
        GuardedHttp http = new GuardedHttp(
                host -> {
                    throw new UnknownHostException(host);
                },
                PublicAddress::isPublic,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Egress.STRAIGHT);
        open.add(http);

        assertThat(refused(http.accessFor(granted("api.example", "GET")), get("http://api.example/"), LONG))
                .isEqualTo(new Trap.HttpFailed("could not find host `api.example`"));
    }

    @Test
    void a_server_that_does_not_answer_in_time_is_left() throws IOException {
        int port = server(
                new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), "HTTP/1.1 200 OK\r\nContent-Le", false);
        HttpAccess access = http().accessFor(granted("api.example:" + port, "GET"));

        Trap trap = refused(access, get("http://api.example:" + port + "/"), Duration.ofMillis(100));

        assertThat(trap).isInstanceOf(Trap.HttpFailed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example:81/",
                "http://other.example/",
                "http://api.example.evil.example/",
                "http://evilapi.example/",
                "http://api.example./",
                "http://api.example@other.example/",
                "http://user:secret@api.example/",
                "http://api.example\\@other.example/",
                "http:\\\\api.example/",
                "http:/api.example/",
                "http://api.example#@other.example/",
                "http://api.example /",
                "http://api.example/\r\nX: y",
                "http://api.example/\t",
                "http://[::1]/",
                "http://127.1/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://аpi.example/",
                "ftp://api.example/",
                "file:///etc/passwd",
                "gopher://api.example/",
                "jar:http://api.example/!/",
                "//api.example/",
                "api.example",
                "http://api.example:0/",
                "http://api.example:99999/",
                ""
            })
    void what_was_not_granted_or_could_be_read_in_two_ways_is_denied_without_a_lookup(String url) {
        HttpAccess access = http().accessFor(granted("api.example", "GET"));

        assertThat(refused(access, get(url), LONG)).isInstanceOf(Trap.HttpDenied.class);
        assertThat(lookups).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "get", "CONNECT", "TRACE", "GET / HTTP/1.1\r\nX: y\r\n\r\nGET"})
    void a_method_that_was_not_granted_is_denied(String method) {
        HttpAccess access = http().accessFor(granted("api.example", "GET", "CONNECT", "TRACE"));

        assertThat(refused(access, new HttpAccess.Request(method, "http://api.example/", Map.of(), new byte[0]), LONG))
                .isInstanceOf(Trap.HttpDenied.class);
    }

    @Test
    void a_header_that_would_begin_another_is_denied() {
        HttpAccess access = http().accessFor(granted("api.example", "GET"));

        for (Map<String, String> headers :
                List.of(Map.of("A", "b\r\nC: d"), Map.of("A: b\r\nC", "d"), Map.of("", "x"))) {
            assertThat(refused(
                            access, new HttpAccess.Request("GET", "http://api.example/", headers, new byte[0]), LONG))
                    .isInstanceOf(Trap.HttpDenied.class);
        }
    }

    @Test
    void without_the_permission_nothing_is_reached() {
        assertThat(http().accessFor(Grants.NONE)).isSameAs(HttpAccess.NONE);
    }

    @Test
    void a_server_must_prove_to_be_the_host_that_was_named(@TempDir Path folder) throws Exception {
        SSLContext context = contextFor("api.example", folder.resolve("keys.p12"));
        ServerSocket listening =
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        int port = server(listening, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true);
        GuardedHttp http = http(true, context.getSocketFactory());

        HttpAccess.Response proven = http.accessFor(granted("api.example:" + port, "GET"))
                .send(get("https://api.example:" + port + "/"), BODY, LONG);
        Trap other = refused(
                http.accessFor(granted("other.example:" + port, "GET")),
                get("https://other.example:" + port + "/"),
                LONG);

        assertThat(proven.status()).isEqualTo(200);
        assertThat(other).isInstanceOf(Trap.HttpFailed.class);
    }

    /** Trusts one certificate, for that name. */
    private static SSLContext contextFor(String name, Path keys) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "secret")
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), "secret".toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, "secret".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
