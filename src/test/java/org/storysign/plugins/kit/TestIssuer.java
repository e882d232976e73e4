package org.storysign.plugins.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** An identity provider in this process: discovery document and keys. */
public final class TestIssuer implements AutoCloseable {

    /** Making one takes longer than a test: every issuer of this process begins with the same. */
    private static final KeyPair PAIR = TestSigner.fresh("", "first").pair();

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile List<TestSigner> signers;
    private volatile String announced;
    private volatile int status = 200;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        announced = url();
        signers = List.of(new TestSigner(url(), "first", PAIR));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> send(
                        exchange,
                        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"x\":1}".formatted(announced, announced)));
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            send(
                    exchange,
                    signers.stream()
                            .map(TestSigner::published)
                            .collect(Collectors.joining(
                                    ",", "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\"AAAA\"},", "]}")));
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The first of its keys. */
    public TestSigner signer() {
        return signers.getFirst();
    }

    /** From now on it publishes these only. */
    public void publish(TestSigner... present) {
        signers = List.of(present);
    }

    /** Its discovery document says it is another. */
    public void announce(String issuer) {
        announced = issuer;
    }

    /** From now on it answers with this status only. */
    public void answer(int present) {
        status = present;
    }

    /** How often it was asked for its keys. */
    public int asked() {
        return asked.get();
    }

    private void send(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
