package org.storysign.plugins.rest.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.TestSources.Place;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.rest.ApiTenant;
import org.storysign.plugins.rest.PluginText;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.SigningKey;

/** A walk through the API as a reader of its description would take it; keeps what was sent and what came back. */
public final class ApiTour {

    private static final String QUIZ = "/quiz";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApiTenant tenant;
    private final ObjectMapper json = new ObjectMapper();
    private final StableValues stable = new StableValues();
    private final List<String> refused = new ArrayList<>();
    private final ObjectNode kept = json.createObjectNode();

    public ApiTour(ApiTenant tenant) {
        this.tenant = tenant;
    }

    /**
     * Takes it. What was kept, by operation ({@code GET /api/plugins/{plugin_id}}): {@code request} and {@code answers} by status. Fails when
     * an answer is no success.
     */
    public ObjectNode take() throws IOException {
        bring();
        operate();
        useHooks();
        serveUsers();
        administer();
        look();
        leave();
        if (!refused.isEmpty()) {
            throw new IllegalStateException(String.join("\n", refused));
        }
        return kept;
    }

    private void bring() throws IOException {
        String manifest = quiz("1.0.0").toString();
        byte[] module = Wat.assemble(Guests.answering("{\"result\": \"a quiz\"}"));
        ask("POST /validate/manifest", "/validate/manifest", manifest);
        ask(
                "POST /install",
                "/install",
                "{\"manifest\": " + manifest + ", \"module\": \""
                        + Base64.getEncoder().encodeToString(module) + "\"}");
        ask("POST /{plugin_id}/enable", QUIZ + "/enable", "{\"grants\": []}");
        String source = "{\"source\": {\"url\": \"http://" + Place.FILES.authority()
                + "/quiz-1.3.0.zip\", \"digest\": \"sha256:" + "0".repeat(64) + "\"}}";
        Response begun = ask("POST /install", "/install", "{\"source\": {\"directory\": \"phrase-of-the-day\"}}", true);
        String operation = "/operations/" + begun.path("id");
        Pauses.await(
                operation,
                PATIENCE,
                () -> tenant.admin().get(at(operation)).path("state").equals("succeeded"));
        ask("GET /operations/{operation_id}", operation);
        ask("POST /{plugin_id}/releases", QUIZ + "/releases", source);
        tenant.upload(quiz("2.0.0").toString(), module).then().statusCode(201);
        ask("GET /{plugin_id}/releases", QUIZ + "/releases");
        ask("PUT /{plugin_id}/active-release", QUIZ + "/active-release", "{\"version\": \"2.0.0\"}", etag(QUIZ), false);
        ask("PUT /{plugin_id}/mode", QUIZ + "/mode", "{\"mode\": \"observe\"}", etag(QUIZ), false);
        ask("PUT /{plugin_id}/mode", QUIZ + "/mode", "{\"mode\": \"active\"}", etag(QUIZ), true);
        share(module);
        tenant.uploadExample("enhanced-progress");
        tenant.enableAgreeing(
                "enhanced-progress",
                List.of("storage:read", "storage:write", "read:user_data", "write:user_data", "modify:ui"));
        ask("GET /ui/components", "/ui/components");
    }

    private void share(byte[] module) throws IOException {
        String id = "shared-" + UUID.randomUUID();
        ApiTenant.anonymous()
                .header("Authorization", "Bearer " + TestDatabase.ADMIN_KEY)
                .header("Plugins-Tenant", "system-shared")
                .multiPart(
                        "manifest",
                        "manifest.json",
                        PluginText.named(id).toString().getBytes(UTF_8))
                .multiPart("module", "plugin.wasm", module)
                .post(at("/upload"))
                .then()
                .statusCode(201);
        String offered = "/shared/" + id;
        ask("PUT /shared/{plugin_id}", offered, "{\"version\": \"1.0.0\"}");
        ask("GET /shared", "/shared?limit=1");
        ask("POST /shared/{plugin_id}/adopt", offered + "/adopt", request -> request.post(at(offered + "/adopt")));
        ask("DELETE /shared/{plugin_id}", offered, request -> request.delete(at(offered)));
    }

    private void operate() throws IOException {
        ask("PUT /{plugin_id}/config", QUIZ + "/config", "{\"questions\": 5}", "\"1\"", false);
        ask("GET /{plugin_id}/config", QUIZ + "/config");
        ask("PUT /{plugin_id}/data/{key}", QUIZ + "/data/highscore", "{\"anna\": 12}");
        ask("GET /{plugin_id}/data/{key}", QUIZ + "/data/highscore");
        ask("GET /{plugin_id}/data", QUIZ + "/data");
        tenant.call("quiz", "handle", new byte[] {'{', '}'}).then().statusCode(200);
    }

    private void useHooks() throws IOException {
        String call = "{\"type\": \"replace\", \"user_id\": \"anna\", \"args\": [{\"topic\": \"animals\"}]}";
        ask("POST /hooks/{hook_name}", "/hooks/quiz_made", call);
        ask("POST /hooks/{hook_name}", "/hooks/quiz_made?async=true", call.replace("replace", "after"), true);
        ask("PUT /hooks/{hook_name}/policy", "/hooks/quiz_made/policy", "{\"order\": [\"quiz\"]}", "\"0\"", false);
        ask("GET /hooks/{hook_name}", "/hooks/quiz_made");
        ask("GET /hooks", "/hooks");
        String event = """
                {"specversion": "1.0", "id": "8f1d", "source": "/asl-world", "type": "quiz_made",
                 "dataschema": "urn:storysign:hook:replace", "data": {"user_id": "anna", "args": [{"topic": "animals"}]}}""";
        keep(
                "POST /hooks",
                event,
                tenant.admin()
                        .contentType("application/cloudevents+json")
                        .body(event)
                        .post(ApiTenant.BASE + "/hooks"),
                false);
        Response queue = ask("GET /queue", "/queue");
        String id = queue.path("events[0].event_id");
        ask("GET /queue/{event_id}", "/queue/" + id);
        ask("GET /queue/{event_id}/call", "/queue/" + id + "/call");
        ask("POST /queue/redrive", "/queue/redrive", "{\"hook\": \"quiz_made\"}");
    }

    private void serveUsers() throws IOException {
        ask(
                "PUT /users/{user_id}",
                "/users/anna",
                "{\"profile\": {\"name\": \"Anna\"}, \"progress\": {\"asl-world\": {\"level\": 3}}}");
        ask("GET /users/{user_id}", "/users/anna");
        ask(
                "PUT /store/content/{content_id}",
                "/store/content/little-fox",
                "{\"kind\": \"story\", \"language\": \"en\", \"title\": \"The little fox\", \"text\": \"A fox runs through the snow.\"}");
        ask("GET /store/content/{content_id}", "/store/content/little-fox");
        ask("POST /tokens", "/tokens", "{\"user_id\": \"anna\", \"ttl\": 900, \"channels\": []}");
        keep("POST /tokens/ticket", null, tenant.asUser("anna").post(ApiTenant.BASE + "/tokens/ticket"), false);
        ask("GET /notifications", "/notifications?user_id=anna");
        tenant.admin()
                .contentType("application/json")
                .body("7")
                .put(ApiTenant.BASE + QUIZ + "/data/rounds?user_id=anna")
                .then()
                .statusCode(201);
        ask("GET /users/{user_id}/data", "/users/anna/data");
        ask("DELETE /users/{user_id}/data", "/users/anna/data", request -> request.delete(at("/users/anna/data")));
    }

    private void administer() throws IOException {
        ask(
                "POST /keys",
                "/keys",
                "{\"name\": \"ci\", \"roles\": [\"installer\"], \"expires_at\": \"2030-01-31T12:00:00Z\"}");
        ask("GET /keys", "/keys");
        ask("POST /tenants", "/tenants", "{\"tenant\": \"acme-" + UUID.randomUUID() + "\"}");
        ask("GET /tenants", "/tenants?limit=1");
        String own = "/tenants/" + tenant.id();
        ask(
                "PUT /tenants/{tenant}",
                own,
                "{\"loosest_level\": \"standard\", \"most_plugins\": 100, \"never_granted\": [\"network:access\"]}",
                etag(own),
                false);
        ask("GET /tenants/{tenant}", own);
        ask(
                "POST /publishers",
                "/publishers",
                json.createObjectNode()
                        .put("publisher", "acme")
                        .put(
                                "public_key",
                                SigningKey.generate(KeyAlgorithm.ED25519)
                                        .verifying()
                                        .pem())
                        .toString());
        ask("GET /publishers", "/publishers");
        ask(
                "POST /blocked-digests",
                "/blocked-digests",
                "{\"digest\": \"sha256:" + "0".repeat(64) + "\", \"reason\": \"steals tokens\"}");
        ask("GET /blocked-digests", "/blocked-digests");
        Response hooked = ask(
                "POST /webhooks",
                "/webhooks",
                "{\"url\": \"https://hooks.example.com/storysign\", \"event_types\": [\"plugin.enabled\"]}");
        String webhook = "/webhooks/" + hooked.path("webhook.webhook_id");
        ask("GET /webhooks", "/webhooks");
        ask("POST /webhooks/{webhook_id}/test", webhook + "/test", request -> request.post(at(webhook + "/test")));
        ask("GET /webhooks/{webhook_id}/deliveries", webhook + "/deliveries");
        Response checkpoint = ask("GET /audit/checkpoint", "/audit/checkpoint");
        ask("POST /audit/verify", "/audit/verify", "{\"checkpoints\": [" + checkpoint.asString() + "]}");
        ask("GET /audit", "/audit?limit=2");
    }

    private void look() throws IOException {
        ask("GET /status", "/status");
        ask("GET /security/permissions", "/security/permissions");
        ask("GET /security/reports", "/security/reports");
        ask("GET /{plugin_id}", QUIZ);
        ask("GET /", "");
        ask("GET /{plugin_id}/security", QUIZ + "/security");
        ask("GET /{plugin_id}/usage", QUIZ + "/usage");
        ask("GET /{plugin_id}/invocations", QUIZ + "/invocations");
        ask("GET /{plugin_id}/logs", QUIZ + "/logs");
    }

    private void leave() throws IOException {
        ask("POST /{plugin_id}/disable", QUIZ + "/disable", request -> request.post(at(QUIZ + "/disable")));
    }

    private static PluginText quiz(String version) {
        return PluginText.named("quiz")
                .version(version)
                .with("name", "Quiz")
                .with("description", "Makes a quiz out of a story")
                .with("author", "Acme")
                .hook("quiz_made", "replace")
                .with(
                        "config_schema",
                        Map.of("type", "object", "properties", Map.of("questions", Map.of("type", "integer"))));
    }

    private String etag(String path) {
        return tenant.admin().get(at(path)).header("ETag");
    }

    private static String at(String path) {
        return ApiTenant.BASE + path;
    }

    private Response ask(String operation, String path) throws IOException {
        return ask(operation, path, request -> request.get(at(path)));
    }

    private Response ask(String operation, String path, How how) throws IOException {
        return keep(operation, null, how.send(tenant.admin()), path.contains("?async"));
    }

    private Response ask(String operation, String path, String body) throws IOException {
        return ask(operation, path, body, false);
    }

    /** @param answerOnly the request that is shown is another one */
    private Response ask(String operation, String path, String body, boolean answerOnly) throws IOException {
        return ask(operation, path, body, "", answerOnly);
    }

    private Response ask(String operation, String path, String body, String ifMatch, boolean answerOnly)
            throws IOException {
        RequestSpecification request =
                tenant.admin().contentType("application/json").body(body);
        RequestSpecification conditional = ifMatch.isEmpty() ? request : request.header("If-Match", ifMatch);
        return keep(
                operation,
                body,
                operation.startsWith("PUT ") ? conditional.put(at(path)) : conditional.post(at(path)),
                answerOnly);
    }

    /** How a request without a body is sent. */
    private interface How {
        Response send(RequestSpecification request);
    }

    private Response keep(String operation, @Nullable String body, Response answer, boolean answerOnly)
            throws IOException {
        if (answer.statusCode() >= 300) {
            refused.add(operation + " answered " + answer.statusCode() + " " + answer.asString());
            return answer;
        }
        String name = operation.replaceFirst(" ", " " + ApiTenant.BASE).replaceFirst("/$", "");
        ObjectNode example = kept.withObjectProperty(name);
        if (body != null && !answerOnly) {
            example.set("request", stable.request(json.readTree(body)));
        }
        if (answer.contentType().startsWith("application/json")) {
            ObjectNode answers = example.withObjectProperty("answers");
            answers.set(Integer.toString(answer.statusCode()), stable.of(read(answer)));
        }
        return answer;
    }

    private JsonNode read(Response answer) throws JsonProcessingException {
        return json.readTree(answer.asString());
    }
}
