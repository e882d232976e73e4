package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/**
 * A service of the product's as its {@link ContractDocument} says: requests and answers are held against the document, a repetition of a
 * change is known by its key. Answers rightly unless told of faults, one for each of the next requests.
 */
final class ContractServer implements AutoCloseable {

    static final String KEY = "products-key";

    private final ContractDocument contract;
    private final Function<ServiceCall, ServiceAnswer> product;
    private final HttpServer server = made();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, ServiceAnswer> changes = new ConcurrentHashMap<>();
    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private final List<ServiceCall> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();

    ContractServer(PlatformService service, Function<ServiceCall, ServiceAnswer> product) {
        this.contract = ContractDocument.of(service);
        this.product = product;
        server.setExecutor(threads);
        server.createContext("/base", this::handle);
        server.createContext("/", this::strayed);
        server.start();
    }

    Endpoint endpoint() {
        return new Endpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base"), Optional.of(KEY));
    }

    /** How the next requests are answered; those after them rightly. */
    void answer(Fault... next) {
        faults.addAll(Arrays.asList(next));
    }

    /** What in requests and right answers was not as the contract says. */
    List<String> breaches() {
        return breaches;
    }

    /** What was asked, repetitions left out. */
    List<ServiceCall> calls() {
        return calls;
    }

    /** How many requests came. */
    int requests() {
        return requests.get();
    }

    /** How often something was done. */
    int served() {
        return served.get();
    }

    /** How many requests are being answered. */
    int busy() {
        return busy.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        busy.incrementAndGet();
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Fault fault = Optional.ofNullable(faults.poll()).orElse(Fault.NONE);
            fault.answer(exchange, () -> serve(exchange, body), over);
        } finally {
            busy.decrementAndGet();
        }
    }

    /** Nothing leads here: it counts as a request, so that a redirect that was followed is seen. */
    private void strayed(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private ServiceAnswer serve(HttpExchange exchange, String body) {
        String path = exchange.getRequestURI().getRawPath().substring("/base".length());
        Optional<ContractOperation> found = contract.operation(exchange.getRequestMethod(), path);
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        if (found.isEmpty()) {
            return broken("nothing is at " + exchange.getRequestMethod() + " " + path);
        }
        List<String> wrong =
                found.get().misfits(name -> exchange.getRequestHeaders().getFirst(name), query, body);
        if (!wrong.isEmpty() || !("Bearer " + KEY).equals(header(exchange, "Authorization"))) {
            return broken(found.get().id() + " was asked with " + wrong);
        }
        ServiceCall call = new ServiceCall(
                found.get().id(),
                new TenantId(header(exchange, Question.TENANT)),
                new PluginId(header(exchange, Question.PLUGIN)),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(Question.USER))
                        .map(ContractServer::decoded)
                        .map(UserId::new),
                query,
                json(body));
        return found.get().changes()
                ? changes.computeIfAbsent(header(exchange, Question.IDEMPOTENCY_KEY), key -> done(found.get(), call))
                : done(found.get(), call);
    }

    private ServiceAnswer done(ContractOperation operation, ServiceCall call) {
        calls.add(call);
        served.incrementAndGet();
        ServiceAnswer answer = product.apply(call);
        List<String> wrong = operation.misfits(answer.status(), answer.type(), answer.body());
        return wrong.isEmpty() ? answer : broken(operation.id() + " answered " + wrong);
    }

    private ServiceAnswer broken(String how) {
        breaches.add(how);
        return ServiceAnswer.refused(400, "contract-broken");
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNull(exchange.getRequestHeaders().getFirst(name));
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equals = part.indexOf('=');
                query.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** With all digits that numbers came with. */
    private static JsonNode json(String body) {
        return body.isEmpty()
                ? JsonNodeFactory.instance.missingNode()
                : new StrictJson(100).read(body, new Violations());
    }

    private static HttpServer made() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
