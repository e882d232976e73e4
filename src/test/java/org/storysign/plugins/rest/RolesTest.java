package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.kit.ServiceTest;

/** Control C25: who may call which operation of the API's description; {@link AccessMatrixTest} tries it. */
@ServiceTest
class RolesTest {

    private static final Set<Role> NOBODY = Set.of();

    /** Who may call what; an operation without a row fails. An empty set: anybody, without a key. */
    static final Map<String, Set<Role>> MAY = Map.ofEntries(
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
            Map.entry("GET /api/plugins/webhooks", Set.of(Role.ADMIN)),
            Map.entry("POST /api/plugins/webhooks", Set.of(Role.ADMIN)),
            Map.entry("DELETE /api/plugins/webhooks/{webhook_id}", Set.of(Role.ADMIN)),
            Map.entry("POST /api/plugins/webhooks/{webhook_id}/test", Set.of(Role.ADMIN)),
            Map.entry("GET /api/plugins/webhooks/{webhook_id}/deliveries", Set.of(Role.ADMIN)),
            Map.entry("GET /api/plugins/{plugin_id}/invocations", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/{plugin_id}/usage", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/{plugin_id}/logs", Set.of(Role.OPERATOR)),
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
            Map.entry("GET /api/plugins/security/reports", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/{plugin_id}/security", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/status", Set.of(Role.VIEWER)),
            Map.entry("GET /api/plugins/audit", Set.of(Role.AUDITOR)),
            Map.entry("GET /api/plugins/audit/export", Set.of(Role.AUDITOR)),
            Map.entry("GET /api/plugins/audit/checkpoint", Set.of(Role.AUDITOR)),
            Map.entry("GET /api/plugins/audit/key", Set.of(Role.AUDITOR)),
            Map.entry("POST /api/plugins/audit/verify", Set.of(Role.AUDITOR)),
            Map.entry("GET /api/plugins/publishers", Set.of(Role.VIEWER)),
            Map.entry("POST /api/plugins/publishers", Set.of(Role.ADMIN)),
            Map.entry("DELETE /api/plugins/publishers/{fingerprint}", Set.of(Role.ADMIN)),
            Map.entry("GET /api/plugins/tenants", Set.of(Role.ADMIN)),
            Map.entry("POST /api/plugins/tenants", Set.of(Role.ADMIN)),
            Map.entry("GET /api/plugins/tenants/{tenant}", Set.of(Role.ADMIN)),
            Map.entry("PUT /api/plugins/tenants/{tenant}", Set.of(Role.ADMIN)),
            Map.entry("GET /api/plugins/shared", Set.of(Role.VIEWER)),
            Map.entry("PUT /api/plugins/shared/{plugin_id}", Set.of(Role.ADMIN)),
            Map.entry("DELETE /api/plugins/shared/{plugin_id}", Set.of(Role.ADMIN)),
            Map.entry("POST /api/plugins/shared/{plugin_id}/adopt", Set.of(Role.OPERATOR)),
            Map.entry("PUT /api/plugins/{plugin_id}/mode", Set.of(Role.OPERATOR)),
            Map.entry("GET /api/plugins/blocked-digests", Set.of(Role.ADMIN)),
            Map.entry("POST /api/plugins/blocked-digests", Set.of(Role.ADMIN)),
            Map.entry("DELETE /api/plugins/blocked-digests/{digest}", Set.of(Role.ADMIN)),
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

    @Test
    void the_list_of_operations_is_a_promise() {
        Golden.assertUnchanged("operations.txt", new ArrayList<>(operations()));
    }

    @Test
    void every_operation_has_a_row() {
        assertThat(operations()).isEqualTo(new TreeSet<>(MAY.keySet()));
    }

    /** Method and path of every operation in the description. */
    static TreeSet<String> operations() {
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
