package org.storysign.plugins.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/**
 * A guest whose server is on its side: one that drips, never ends or leads in circles. The guest ends as named, by its wait time at the
 * latest, and the connection with it. Real sockets on the loopback address.
 */
@Timeout(60)
class HostileServersTest {

    /** What the service's and the system's buffers hold beside the limit of a body. */
    private static final int MOST_TAKEN = 32 << 20;

    private static final Duration WAIT = Duration.ofMillis(300);

    /** Asks the URL that is its configuration. */
    private static final String GUEST = """
            (module
              (import "extism:host/env" "input_offset" (func $input (result i64)))
              (import "extism:host/env" "http_request" (func $request (param i64 i64) (result i64)))
              (func (export "run") (drop (call $request (call $input) (i64.const 0)))))
            """;

    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();

    /** What a server says: first at once, then again and again, a piece at a time. */
    private record Server(String name, String head, String piece, Duration pause, ProblemCode ends) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Server dripping(String name, String head, String piece) {
        return new Server(name, head, piece, Duration.ofMillis(10), ProblemCode.WAIT_TIME_EXCEEDED);
    }

    private static Server flooding(String name, String head, String piece) {
        return new Server(name, head, piece, Duration.ZERO, ProblemCode.HTTP_FAILED);
    }

    static Stream<Server> servers() {
        String ok = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                dripping("says nothing", "", ""),
                dripping("drips its first line", "H", ""),
                dripping("drips its headers", ok, "a: b\r\n"),
                dripping("drips a body of known length", ok + "Content-Length: 100000\r\n\r\n", "x"),
                dripping("drips chunks", ok + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
                dripping("drips the length of a chunk", ok + "Transfer-Encoding: chunked\r\n\r\n", "0"),
                dripping("drips until it closes", ok + "Connection: close\r\n\r\n", "x"),
                dripping("goes on saying that it will go on", "", "HTTP/1.1 100 Continue\r\n\r\n"),
                flooding("has no end of headers", ok, "a: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n"),
                flooding("has a line without end", ok + "a: ", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"),
                flooding("has no end of a body", ok + "Connection: close\r\n\r\n", "x".repeat(1_024)),
                flooding(
                        "has no end of chunks",
                        ok + "Transfer-Encoding: chunked\r\n\r\n",
                        "10\r\n0123456789abcdef\r\n"),
                flooding("says that its body is too large", ok + "Content-Length: 99999999999\r\n\r\n", "x"),
                flooding("says that its body is less than nothing", ok + "Content-Length: -1\r\n\r\n", "x"),
                new Server(
                        "leads in circles",
                        "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
                        "",
                        Duration.ZERO,
                        ProblemCode.HTTP_DENIED));
    }

    @ParameterizedTest(name = "a server that {0}")
    @MethodSource("servers")
    void a_guest_whose_server_is_hostile_ends_and_so_does_the_connection(Server server) throws IOException {
        int port = listen(server);
        GuardedHttp http = new GuardedHttp(
                host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                address -> true,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Egress.STRAIGHT);
        open.add(http);
        Grants grants =
                new Grants(Set.of(PermissionName.NETWORK_ACCESS), Set.of("server.example:" + port), Set.of("GET"));

        CallResult result = TestSandbox.on(Tiering.COMPILED)
                .call(TestCall.of(GUEST)
                        .input("{\"url\": \"http://server.example:" + port + "/\"}")
                        .limits(HostileServersTest::lowered)
                        .http(http.accessFor(grants)));

        assertThat(result).isInstanceOf(CallResult.Trapped.class);
        Trap trap = ((CallResult.Trapped) result).trap();
        assertThat(trap.code()).as(trap.message()).isEqualTo(server.ends());
        assertThat(connections).as("one connection, whatever was said").hasValueLessThanOrEqualTo(1);
        Pauses.await("the end of the connection", Duration.ofSeconds(20), () -> connections.get() == ended.get());
        assertThat(written).as("bytes that were taken in").hasValueLessThan(MOST_TAKEN);
    }

    private static Limits lowered(Limits limits) {
        return limits.withWaitTime(WAIT);
    }

    private int listen(Server server) throws IOException {
        ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        open.add(listening);
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try (Socket client = listening.accept()) {
                    connections.incrementAndGet();
                    serve(server, client);
                } catch (IOException over) {
                    ended.set(connections.get());
                }
            }
        });
        return listening.getLocalPort();
    }

    /** Until the client has gone. */
    private void serve(Server server, Socket client) throws IOException {
        client.getInputStream().read(new byte[4_096]);
        OutputStream out = client.getOutputStream();
        write(server.head(), out);
        if (server.piece().isEmpty()) {
            while (client.getInputStream().read() >= 0) {
                // What comes is of no interest.
            }
            throw new IOException("the client has gone");
        }
        while (true) {
            write(server.piece(), out);
            if (!server.pause().isZero()) {
                Pauses.millis(server.pause().toMillis());
            }
        }
    }

    private void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        written.addAndGet(text.length());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : new ArrayList<>(open)) {
            each.close();
        }
    }
}
