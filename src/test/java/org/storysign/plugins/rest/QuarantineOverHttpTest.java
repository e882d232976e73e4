package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.problem.ProblemCode;

/** Control C24 over REST: the whole circle of a plugin that fails at its hook. */
@ServiceTest
class QuarantineOverHttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_plugin_that_fails_for_many_is_skipped_until_an_operator_releases_it() {
        tenant.enable(PluginText.named("shaky").hook("story", "replace", 10, "open"), Guests.failing());

        failForMany("story");
        awaitState("quarantined");

        tenant.hook("story", Map.of("type", "replace", "result", "as it was"))
                .then()
                .statusCode(200)
                .body("result", equalTo("as it was"))
                .body("executions", equalTo(List.of()));
        assertProblem(tenant.call("shaky", "handle", new byte[0]), ProblemCode.PLUGIN_NOT_ENABLED);
        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/shaky")
                .then()
                .body("state_reason", containsString("different inputs failed"));
        assertThat(tenant.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit").<List<String>>path("entries.actor"))
                .contains("system:quarantine");

        tenant.enable("shaky");
        awaitState("enabled");
        assertThat(tenant.hook("story", Map.of("type", "replace", "result", "x"))
                        .<List<String>>path("executions.status"))
                .containsExactly("failed");
    }

    @Test
    void a_hook_whose_closed_handler_is_in_quarantine_is_refused() {
        tenant.enable(PluginText.named("shaky").hook("guarded", "before", 10, "closed"), Guests.failing());

        failForMany("guarded");
        awaitState("quarantined");

        assertProblem(tenant.hook("guarded", Map.of("type", "before")), ProblemCode.HOOK_REFUSED);
        tenant.hook("guarded", Map.of("type", "filter", "result", 1)).then().statusCode(200);
    }

    private void failForMany(String hook) {
        String type = hook.equals("story") ? "replace" : "before";
        for (int i = 0; i < 20; i++) {
            tenant.hook(hook, Map.of("type", type, "kwargs", Map.of("n", i), "user_id", "user-" + i));
        }
    }

    private void awaitState(String state) {
        Pauses.await(
                state,
                PATIENCE,
                () -> state.equals(
                        tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/shaky").path("state")));
    }
}
