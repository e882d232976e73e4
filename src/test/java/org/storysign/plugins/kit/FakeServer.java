package org.storysign.plugins.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server on the loopback address that answers what a test says, and remembers what it was asked. */
public final class FakeServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Answering> paths = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** Answers one request; its connection ends when this fails. */
    @FunctionalInterface
    public interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request that came, with the value of its Authorization. */
    public record Asked(String path, Optional<String> authorization) {}

    public FakeServer() {
        this(0);
    }

    public FakeServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /** Host and port, as a URL has them. */
    public String authority() {
        return "localhost:" + server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://" + authority() + path;
    }

    public void on(String path, Answering answering) {
        paths.put(path, answering);
    }

    /** Answers 200 with this body. */
    public void on(String path, byte[] body) {
        on(path, exchange -> send(exchange, 200, body));
    }

    public void redirect(String path, String to) {
        on(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            send(exchange, 307, new byte[0]);
        });
    }

    /** Answers with a body that never ends. */
    public void endless(String path) {
        on(path, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[64 << 10];
            while (true) {
                exchange.getResponseBody().write(piece);
            }
        });
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public List<String> askedPaths() {
        return asked.stream().map(Asked::path).toList();
    }

    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(new Asked(
                    path, Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
            paths.getOrDefault(
                            path, missing -> send(missing, 404, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .answer(exchange);
        }
    }
}
