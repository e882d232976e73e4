package org.storysign.plugins.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executors;

/** Models that the tested service is connected to: small HTTP servers that always answer the same. */
public final class TestModels implements QuarkusTestResourceLifecycleManager {

    private final HttpServer server = made();

    @Override
    public Map<String, String> start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        answer("/v1/chat/completions", "text/event-stream", """
                data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"}}]}

                data: {"choices":[{"index":0,"delta":{"content":"."},"finish_reason":"stop"}]}

                data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}

                data: [DONE]

                """);
        answer("/gestures", "application/json", "{\"gesture\":\"hello\",\"confidence\":0.9,\"alternatives\":[]}");
        String points = String.join(",", Collections.nCopies(21, "[0.5,0.5,0.0]"));
        answer(
                "/frames",
                "application/json",
                "{\"hands\":[{\"handedness\":\"right\",\"landmarks\":[" + points + "]}]}");
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "storysign.ai.text.url",
                base + "/v1",
                "storysign.ai.text.model",
                "test",
                "storysign.ai.gestures.url",
                base,
                "storysign.ai.frames.url",
                base);
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void answer(String path, String type, String body) {
        server.createContext(path, exchange -> send(exchange, type, body));
    }

    private static void send(HttpExchange exchange, String type, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static HttpServer made() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
