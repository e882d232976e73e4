package org.storysign.plugins.rest.walk;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.rest.ApiTenant;
import org.storysign.plugins.rest.PluginText;
import org.storysign.plugins.rest.walk.ApiDocument.Operation;
import org.storysign.plugins.rest.walk.RequestMaker.Made;

/** Sends requests out of the description, one operation after the other, to one tenant, which is repaired now and then. */
public final class ApiWalk {

    /** Answers of a busy machine; nothing else of the 5xx is one. */
    private static final Set<String> BUSY =
            Set.of("overloaded", "plugin-overloaded", "service-busy", "hook-deadline-exceeded");

    private static final Set<String> CODES =
            Arrays.stream(ProblemCode.values()).map(ProblemCode::code).collect(Collectors.toSet());
    private static final int REPAIRED_EVERY = 150;
    private static final int MOST_FAULTS = 20;
    private static final byte[] MODULE = Wat.assemble(Guests.answering("{\"result\": \"walked\"}"));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ApiTenant tenant;
    private final long seed;
    private final ApiDocument document;
    private final RequestMaker maker;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Set<String> succeeded = new TreeSet<>();
    private final String userToken;

    public ApiWalk(ApiTenant tenant, long seed) {
        this.tenant = tenant;
        this.seed = seed;
        this.document = new ApiDocument(
                ApiTenant.anonymous().get("/q/openapi?format=json").asString());
        repair();
        this.userToken = tenant.token("ada");
        this.maker = new RequestMaker(document, known(), good());
    }

    public int operations() {
        return document.operations().size();
    }

    /** How often each status was answered. */
    public Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    /** How many operations were answered with a 2xx. */
    public int succeeded() {
        return succeeded.size();
    }

    /** What is wrong, at most twenty lines, each with what was sent. */
    public List<String> run(int requests) {
        List<Operation> operations = document.operations();
        List<String> faults = new ArrayList<>();
        for (int number = 0; number < requests && faults.size() < MOST_FAULTS; number++) {
            if (number % REPAIRED_EVERY == REPAIRED_EVERY - 1) {
                repair();
            }
            Operation operation = operations.get(number % operations.size());
            Made made = maker.make(operation, seed + number);
            for (String fault : faults(operation, made)) {
                faults.add(operation + " (request " + number + "): " + fault + "; sent was " + made);
            }
        }
        return faults;
    }

    private List<String> faults(Operation operation, Made made) {
        HttpResponse<byte[]> answer = send(operation, made);
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() >= 500) {
            return BUSY.stream().anyMatch(code -> text.contains("\"code\":\"" + code + "\""))
                    ? List.of()
                    : List.of("answered " + answer.statusCode() + " " + text);
        }
        if (answer.statusCode() < 300) {
            succeeded.add(operation.toString());
        }
        List<String> faults = new ArrayList<>(document.faults(
                operation,
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.body()));
        if (answer.statusCode() >= 400
                && CODES.stream().noneMatch(code -> text.contains("\"code\":\"" + code + "\""))) {
            faults.add("the problem has no code of the catalogue: " + text);
        }
        return faults;
    }

    private HttpResponse<byte[]> send(Operation operation, Made made) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + made.path()))
                .timeout(Duration.ofSeconds(60))
                .method(made.method(), BodyPublishers.ofByteArray(made.body()));
        made.headers().forEach(request::setHeader);
        if (operation.path().endsWith("/tokens/ticket") || operation.path().contains("/notifications")) {
            request.setHeader("Authorization", "Bearer " + userToken);
        } else {
            request.setHeader("Authorization", "Bearer " + TestDatabase.ADMIN_KEY);
            request.setHeader("Plugins-Tenant", tenant.id().value());
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to " + made, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What requests shall find: a plugin that serves with a hook, an endpoint, a configuration and data, one that does not, a user. */
    private void repair() {
        tenant.upload(walked().toString(), MODULE);
        tenant.upload(PluginText.named("idle").toString(), Wat.assemble(Guests.silent()));
        tenant.admin().contentType(ContentType.JSON).body("{\"grants\": []}").post(ApiTenant.BASE + "/walked/enable");
        tenant.admin().contentType(ContentType.JSON).body("{\"a\": 1}").put(ApiTenant.BASE + "/walked/data/kept");
        tenant.admin().contentType(ContentType.JSON).body("{\"profile\": {}}").put(ApiTenant.BASE + "/users/ada");
    }

    private static PluginText walked() {
        return PluginText.named("walked")
                .hook("story", "replace")
                .with("config_schema", Map.of("type", "object", "properties", Map.of("n", Map.of("type", "integer"))))
                .with(
                        "api_endpoints",
                        List.of(Map.of(
                                "name", "get", "path", "/get", "method", "GET", "handler", "handle", "auth",
                                "caller")));
    }

    private Map<String, List<String>> known() {
        return Map.ofEntries(
                Map.entry("plugin_id", List.of("walked", "walked", "idle", "absent")),
                Map.entry("hook_name", List.of("story", "other")),
                Map.entry("key", List.of("kept", "fresh-1", "fresh-2")),
                Map.entry("user_id", List.of("ada", "nobody")),
                Map.entry("export", List.of("handle", "absent")),
                Map.entry("path", List.of("get", "nowhere")),
                Map.entry("tenant", List.of("t-walked-1", "t-walked-2")),
                Map.entry("limit", List.of("1", "10", "100")),
                Map.entry("status", List.of("enabled", "installed")),
                Map.entry("slot", List.of("dashboard.sidebar")),
                Map.entry("async", List.of("true", "false")),
                Map.entry("dry_run", List.of("true", "false")),
                Map.entry("keep_data", List.of("true", "false")));
    }

    private static Map<String, List<byte[]>> good() {
        String base = ApiTenant.BASE;
        byte[] manifest = bytes(PluginText.named("brought").toString());
        return Map.ofEntries(
                Map.entry(
                        "POST " + base + "/install",
                        List.of(RequestMaker.install(PluginText.named("brought").toString(), MODULE))),
                Map.entry("POST " + base + "/upload", List.of(manifest, MODULE)),
                Map.entry(
                        "POST " + base + "/{plugin_id}/releases",
                        List.of(bytes(walked().version("2.0.0").toString()), MODULE)),
                Map.entry("POST " + base + "/{plugin_id}/enable", List.of(bytes("{\"grants\": []}"), bytes("{}"))),
                Map.entry("PUT " + base + "/{plugin_id}/config", List.of(bytes("{\"n\": 1}"), bytes("{}"))),
                Map.entry("PUT " + base + "/{plugin_id}/data/{key}", List.of(bytes("{\"a\": 2}"), bytes("7"))),
                Map.entry("PUT " + base + "/{plugin_id}/active-release", List.of(bytes("{\"version\": \"1.0.0\"}"))),
                Map.entry(
                        "POST " + base + "/hooks/{hook_name}",
                        List.of(
                                bytes("{\"type\": \"replace\"}"),
                                bytes("{\"type\": \"after\", \"user_id\": \"ada\"}"))),
                Map.entry("PUT " + base + "/hooks/{hook_name}/policy", List.of(bytes("{\"order\": [\"walked\"]}"))),
                Map.entry("POST " + base + "/keys", List.of(bytes("{\"name\": \"k\", \"roles\": [\"viewer\"]}"))),
                Map.entry("POST " + base + "/tokens", List.of(bytes("{\"user_id\": \"ada\"}"))),
                Map.entry("POST " + base + "/validate/manifest", List.of(manifest)),
                Map.entry("POST " + base + "/validate/module", List.of(MODULE)),
                Map.entry("POST " + base + "/validate/code", List.of(MODULE)),
                Map.entry("POST " + base + "/audit/verify", List.of(bytes("{\"checkpoints\": []}"))),
                Map.entry("PUT " + base + "/users/{user_id}", List.of(bytes("{\"profile\": {}}"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
