package org.storysign.plugins.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.http.EgressProxy.Names;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** Through a proxy of this test, which plays the target too. */
@Timeout(60)
class EgressProxyTest {

    private static final String OPENED = "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n";
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> lookups = new CopyOnWriteArrayList<>();
    private final ServerSocket proxy = listening();
    private volatile String opening = OPENED;

    @BeforeEach
    void serve() {
        Thread.ofVirtual().start(() -> {
            while (!proxy.isClosed()) {
                try (Socket client = proxy.accept()) {
                    exchange(client, opening);
                    if (opening.equals(OPENED)) {
                        exchange(client, HELLO);
                    }
                } catch (IOException gone) {
                    // The next one comes, or the test is over.
                }
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    @Test
    void the_proxy_is_told_the_very_address_that_was_checked_and_the_request_follows() {
        HttpAccess.Response response = send(Names.SERVICE, "http://api.example:8080/signs");

        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        assertThat(heard).hasSize(2);
        assertThat(heard.getFirst())
                .isEqualTo("CONNECT 93.184.215.14:8080 HTTP/1.1\r\nHost: 93.184.215.14:8080\r\n\r\n");
        assertThat(heard.get(1)).startsWith("GET /signs HTTP/1.1\r\nHost: api.example:8080\r\n");
    }

    @Test
    void a_proxy_that_finds_names_is_told_the_name_and_nobody_is_asked_here() {
        send(Names.PROXY, "http://api.example/signs");

        assertThat(heard.getFirst()).isEqualTo("CONNECT api.example:80 HTTP/1.1\r\nHost: api.example:80\r\n\r\n");
        assertThat(lookups).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Names.class)
    void https_is_between_the_service_and_the_target_alone(Names names) {
        Trap ended = refused(names, "https://api.example/signs?secret=1");

        assertThat(ended).isInstanceOf(Trap.HttpFailed.class);
        assertThat(heard).hasSize(2);
        assertThat(String.join("", heard)).contains(":443 HTTP/1.1").doesNotContain("secret");
        assertThat(heard.get(1).charAt(0)).as("a TLS record of a handshake").isEqualTo((char) 22);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
                "HTTP/1.1 403 Forbidden\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "SSH-2.0-x\r\n\r\n",
                "\r\n\r\n",
                ""
            })
    void a_proxy_that_opens_no_way_is_told_as_a_failure_and_never_the_request(String refusal) {
        opening = refusal;

        assertThat(refused(Names.SERVICE, "http://api.example/signs")).isInstanceOf(Trap.HttpFailed.class);
        assertThat(heard).allMatch(each -> !each.contains("GET"));
    }

    @Test
    void an_endless_head_of_the_proxy_ends() {
        opening = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000);

        assertThat(refused(Names.SERVICE, "http://api.example/")).isInstanceOf(Trap.HttpFailed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "10.0.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "localhost",
                "postgres",
                "a.localhost",
                "plugins.default.svc.cluster.local",
                "metadata.google.internal",
                "1.0.0.127.in-addr.arpa"
            })
    void a_proxy_that_finds_names_is_never_asked_for_what_is_not_public(String host) {
        assertThat(refused(Names.PROXY, "http://" + host + "/"))
                .isInstanceOfAny(Trap.HttpDenied.class, Trap.HttpFailed.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void an_address_is_told_as_it_was_read_here_so_that_nobody_reads_it_differently() {
        send(Names.PROXY, "http://0177.0.0.1/");

        assertThat(heard.getFirst()).startsWith("CONNECT 177.0.0.1:80 ");
    }

    @Test
    void a_proxy_is_a_host_and_a_port() {
        assertThat(EgressProxy.parse("proxy.internal:3128", Names.SERVICE))
                .contains(new EgressProxy("proxy.internal", 3128, Names.SERVICE));
        assertThat(EgressProxy.parse("[::1]:3128", Names.PROXY)).contains(new EgressProxy("[::1]", 3128, Names.PROXY));
        assertThat(List.of("proxy", "proxy:0", "proxy:65536", "http://proxy:3128", "user@proxy:1", ":1", ""))
                .allSatisfy(text ->
                        assertThat(EgressProxy.parse(text, Names.SERVICE)).isEmpty());
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void exchange(Socket client, String answer) throws IOException {
        byte[] bytes = new byte[8_192];
        int length = client.getInputStream().read(bytes);
        if (length > 0) {
            heard.add(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private HttpAccess.Response send(Names names, String url) {
        HttpTarget target = HttpTarget.parse(url).orElseThrow();
        Grants grants = new Grants(Set.of(PermissionName.NETWORK_ACCESS), Set.of(target.authority()), Set.of("GET"));
        try (GuardedHttp http = new GuardedHttp(
                this::find,
                PublicAddress::isPublic,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                new EgressProxy("127.0.0.1", proxy.getLocalPort(), names))) {
            return http.accessFor(grants)
                    .send(
                            new HttpAccess.Request("GET", url, Map.of(), new byte[0]),
                            new MemorySize(1_000),
                            Duration.ofSeconds(20));
        }
    }

    private Trap refused(Names names, String url) {
        return catchThrowableOfType(TrapException.class, () -> send(names, url)).trap();
    }

    private InetAddress[] find(String host) throws UnknownHostException {
        lookups.add(host);
        return host.equals("api.example")
                ? new InetAddress[] {InetAddress.getByName("93.184.215.14")}
                : InetAddress.getAllByName(host);
    }
}
