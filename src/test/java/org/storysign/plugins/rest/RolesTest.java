package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.problem.ProblemCode;

/** Control C25: every operation of the API's description, with no key, a wrong one and one of each role. */
@ServiceTest
class RolesTest {

    private static final Set<Role> NOBODY = Set.of();

    /** Who may call what; an operation without a row fails. An empty set: anybody, without a key. */
    private static final Map<String, Set<Role>> MAY = Map.ofEntries(
            Map.entry("GET /api/plugins", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/{plugin_id}", Set.of(Role.VIEWER)),
            Map.entry("DELETE /api/plugins/{plugin_id}", Set.of(Role.INSTALLER)),
            Map.entry("POST /api/plugins/install", Set.of(Role.INSTALLER)),
            Map.entry("POST /api/plugins/upload", Set.of(Role.INSTALLER)),
            Map.entry("GET /api/plugins/operations/{operation_id}", Set.of(Role.VIEWER, Role.INSTALLER)),
            Map.entry("POST /api/plugins/{plugin_id}/enable", Set.of(Role.OPERATOR)),
            Map.entry("POST /api/plugins/{plugin_id}/disable", Set.of(Role.OPERATOR)),
            Map.entry("GET /api/plugins/{plugin_id}/releases", Set.of(Role.VIEWER)),
            Map.entry("POST /api/plugins/{plugin_id}/releases", Set.of(Role.INSTALLER)),
            Map.entry("PUT /api/plugins/{plugin_id}/active-release", Set.of(Role.OPERATOR)),
            Map.entry("GET /api/plugins/{plugin_id}/config", Set.of(Role.OPERATOR)),
            Map.entry("PUT /api/plugins/{plugin_id}/config", Set.of(Role.OPERATOR)),
            Map.entry("GET /api/plugins/{plugin_id}/data", Set.of(Role.OPERATOR)),
            Map.entry("GET /api/plugins/{plugin_id}/data/{key}", Set.of(Role.OPERATOR)),
            Map.entry("PUT /api/plugins/{plugin_id}/data/{key}", Set.of(Role.OPERATOR)),
            Map.entry("DELETE /api/plugins/{plugin_id}/data/{key}", Set.of(Role.OPERATOR)),
            Map.entry("POST /api/plugins/{plugin_id}/call/{export}", Set.of(Role.AUTHOR, Role.OPERATOR)),
            Map.entry("POST /api/plugins/validate/manifest", Set.of(Role.AUTHOR)),
            Map.entry("POST /api/plugins/validate/module", Set.of(Role.AUTHOR)),
            Map.entry("POST /api/plugins/validate/code", Set.of(Role.AUTHOR)),
            Map.entry("POST /api/plugins/hooks", Set.of(Role.CALLER)),
            Map.entry("POST /api/plugins/hooks/{hook_name}", Set.of(Role.CALLER)),
            Map.entry("GET /api/plugins/hooks", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/hooks/{hook_name}", Set.of(Role.VIEWER)),
            Map.entry("PUT /api/plugins/hooks/{hook_name}/policy", Set.of(Role.OPERATOR)),
            Map.entry("GET /api/plugins/queue", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/queue/{event_id}", Set.of(Role.VIEWER, Role.CALLER)),
            Map.entry("GET /api/plugins/queue/{event_id}/call", Set.of(Role.OPERATOR)),
            Map.entry("POST /api/plugins/queue/{event_id}/redrive", Set.of(Role.OPERATOR)),
            Map.entry("POST /api/plugins/queue/redrive", Set.of(Role.OPERATOR)),
            Map.entry("DELETE /api/plugins/queue/{event_id}", Set.of(Role.OPERATOR)),
            Map.entry("GET /api/plugins/security/permissions", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/status", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/audit", Set.of(Role.AUDITOR)),
            Map.entry("GET /api/plugins/publishers", Set.of(Role.VIEWER)),
            Map.entry("POST /api/plugins/publishers", Set.of(Role.ADMIN)),
            Map.entry("DELETE /api/plugins/publishers/{fingerprint}", Set.of(Role.ADMIN)),
            Map.entry("GET /api/plugins/keys", Set.of(Role.ADMIN)),
            Map.entry("POST /api/plugins/keys", Set.of(Role.ADMIN)),
            Map.entry("DELETE /api/plugins/keys/{key_id}", Set.of(Role.ADMIN)),
            Map.entry("POST /api/plugins/tokens", Set.of(Role.CALLER)),
            Map.entry("POST /api/plugins/tokens/ticket", Set.of(Role.USER)),
            Map.entry("GET /api/plugins/{plugin_id}/endpoints/{path}", Set.of(Role.USER, Role.CALLER)),
            Map.entry("POST /api/plugins/{plugin_id}/endpoints/{path}", Set.of(Role.USER, Role.CALLER)),
            Map.entry("PUT /api/plugins/{plugin_id}/endpoints/{path}", Set.of(Role.USER, Role.CALLER)),
            Map.entry("PATCH /api/plugins/{plugin_id}/endpoints/{path}", Set.of(Role.USER, Role.CALLER)),
            Map.entry("DELETE /api/plugins/{plugin_id}/endpoints/{path}", Set.of(Role.USER, Role.CALLER)),
            Map.entry("OPTIONS /api/plugins/{plugin_id}/endpoints/{path}", Set.of(Role.USER, Role.CALLER)),
            Map.entry("GET /api/plugins/ui/components", Set.of(Role.CALLER)),
            Map.entry("GET /api/plugins/ui/files/{digest}/{file}", NOBODY),
            Map.entry("GET /api/plugins/ui/bridge.js", NOBODY),
            Map.entry("GET /api/plugins/ui/widget.js", NOBODY),
            Map.entry("GET /api/plugins/users/{user_id}", Set.of(Role.CALLER)),
            Map.entry("PUT /api/plugins/users/{user_id}", Set.of(Role.CALLER)),
            Map.entry("GET /api/plugins/users/{user_id}/data", Set.of(Role.ADMIN)),
            Map.entry("DELETE /api/plugins/users/{user_id}/data", Set.of(Role.ADMIN)),
            Map.entry("GET /api/plugins/store/content/{content_id}", Set.of(Role.CALLER)),
            Map.entry("PUT /api/plugins/store/content/{content_id}", Set.of(Role.CALLER)),
            Map.entry("DELETE /api/plugins/store/content/{content_id}", Set.of(Role.CALLER)),
            Map.entry("GET /api/plugins/notifications", Set.of(Role.CALLER)),
            Map.entry("POST /api/plugins/notifications/{notification_id}/read", Set.of(Role.CALLER)),
            Map.entry("GET /api/plugins/schema/manifest", NOBODY));

    private static final List<Role> WITH_KEYS = List.of(Role.values());

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void the_list_of_operations_is_a_promise() {
        Golden.assertUnchanged("operations.txt", new ArrayList<>(operations()));
    }

    @Test
    void every_operation_lets_in_the_roles_it_names_and_nobody_else() {
        assertThat(operations()).isEqualTo(new TreeSet<>(MAY.keySet()));

        List<String> wrong = new ArrayList<>();
        MAY.forEach((operation, allowed) -> {
            boolean open = allowed.isEmpty();
            expect(operation, "no key", send(operation, ApiTenant.anonymous()), open ? 0 : 401, wrong);
            expect(
                    operation,
                    "bad key",
                    send(operation, ApiTenant.anonymous().header("X-API-Key", "ssk_bad")),
                    open ? 0 : 401,
                    wrong);
            expect(
                    operation,
                    "basic",
                    send(operation, ApiTenant.anonymous().header("Authorization", "Basic YTpi")),
                    open ? 0 : 401,
                    wrong);
            for (Role role : WITH_KEYS) {
                boolean may = open || role == Role.ADMIN || allowed.contains(role);
                expect(operation, role.publicName(), send(operation, tenant.as(role)), may ? 0 : 403, wrong);
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void what_is_open_beside_the_api_is_health_metrics_and_the_description() {
        for (String path : List.of("/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi")) {
            assertThat(ApiTenant.anonymous().get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    /** 0 for: anything but 401 and 403. */
    private static void expect(String operation, String who, Response answer, int status, List<String> wrong) {
        int found = answer.statusCode();
        boolean good = status == 0 ? found != 401 && found != 403 && found < 500 : found == status;
        if (good && status != 0) {
            good = answer.path("code")
                    .equals((status == 401 ? ProblemCode.UNAUTHENTICATED : ProblemCode.FORBIDDEN).code());
        }
        if (!good) {
            wrong.add(operation + " with " + who + ": " + found + ", expected " + status);
        }
    }

    /** Sends a body that nobody can do anything with: access is decided before it is read. */
    private static Response send(String operation, RequestSpecification client) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation
                .substring(operation.indexOf(' ') + 1)
                .replace("{plugin_id}", "no-such-plugin")
                .replace("{hook_name}", "no_such_hook")
                .replace("{key_id}", "00000000-0000-0000-0000-000000000000")
                .replaceAll("\\{[a-z_]+}", "x");
        if (method.equals("GET") || method.equals("DELETE")) {
            return client.request(method, path);
        }
        String type = path.endsWith("/upload") || path.endsWith("/releases")
                ? "multipart/form-data; boundary=x"
                : path.endsWith("/hooks")
                        ? "application/cloudevents+json"
                        : path.endsWith("/module") || path.endsWith("/code") || path.contains("/call/")
                                ? "application/octet-stream"
                                : "application/json";
        return client.contentType(type).body(new byte[] {'?'}).request(method, path);
    }

    /** Method and path of every operation in the description. */
    private static TreeSet<String> operations() {
        Map<String, Map<String, Object>> paths = ApiTenant.anonymous()
                .accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        TreeSet<String> operations = new TreeSet<>();
        paths.forEach((path, item) -> item.keySet().stream()
                .filter(member -> Set.of("get", "put", "post", "delete", "patch", "head", "options")
                        .contains(member))
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }
}
