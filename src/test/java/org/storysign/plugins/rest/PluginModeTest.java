package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.ApiTenant.BASE;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** Observe mode over the API and on PostgreSQL. */
@ServiceTest
class PluginModeTest {

    private static final String SETS = Guests.calling("storage_set", "{\"key\":\"seen\",\"value\":1}");

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void an_observed_plugin_runs_and_is_recorded_and_changes_nothing_until_an_operator_lets_it() {
        tenant.enable(PluginText.named("masker").hook("story", "filter"), Guests.answering("{\"result\":\"****\"}"));

        mode("masker", "observe").then().statusCode(200).body("mode", equalTo("observe"));

        filter().then()
                .statusCode(200)
                .body("result", equalTo("darn"))
                .body("handled_by", equalTo(List.of()))
                .body("executions[0].mode", equalTo("observe"))
                .body("executions[0].changed[0].value", equalTo("****"));
        recorded("masker");
        String both = tenant.makeKey(Map.of("name", "both", "roles", List.of("viewer", "operator"), "users", "any"));
        ApiTenant.anonymous()
                .header("X-API-Key", both)
                .get(BASE + "/masker/invocations")
                .then()
                .body("invocations[0].dry_run", equalTo(true))
                .body("invocations[0].would.status", equalTo("completed"))
                .body("invocations[0].would.changed[0].value", equalTo("****"));
        tenant.as(Role.VIEWER).get(BASE + "/masker/invocations").then().body("invocations[0].would", nullValue());
        tenant.admin().get(BASE + "/hooks/story").then().body("handlers[0].mode", equalTo("observe"));
        tenant.admin().get(BASE).then().body("plugins[0].mode", equalTo("observe"));

        mode("masker", "active").then().statusCode(200).body("mode", equalTo("active"));
        filter().then().body("result", equalTo("****")).body("handled_by", equalTo(List.of("masker")));
        List<String> actions = tenant.admin().get(BASE + "/audit").path("entries.action");
        assertThat(actions).filteredOn("plugin.mode"::equals).hasSize(2);
    }

    @Test
    void a_closed_handler_that_is_observed_refuses_nothing() {
        tenant.enable(PluginText.named("guardian").hook("story", "filter", 1, "closed"), Guests.aborting());
        assertProblem(filter(), ProblemCode.HOOK_REFUSED);

        mode("guardian", "observe").then().statusCode(200);

        filter().then().statusCode(200).body("result", equalTo("darn")).body("executions[0].status", equalTo("failed"));
        recorded("guardian");
        tenant.admin()
                .get(BASE + "/guardian/invocations?status=failed")
                .then()
                .body("invocations[0].would.refused", equalTo(true));
    }

    @Test
    void the_platform_keeps_nothing_of_an_observed_plugin_whoever_calls_it() {
        tenant.upload(
                        PluginText.named("writer")
                                .with("permissions", List.of("storage:write"))
                                .hook("story", "filter")
                                .toString(),
                        Wat.assemble(SETS))
                .then()
                .statusCode(201);
        tenant.enableAgreeing("writer", List.of("storage:write"));
        mode("writer", "observe").then().statusCode(200);

        filter().then().statusCode(200).body("executions[0].status", equalTo("completed"));
        tenant.call("writer", "handle", new byte[0]).then().statusCode(200);

        tenant.admin().get(BASE + "/writer/data/seen").then().statusCode(404);
        mode("writer", "active").then().statusCode(200);
        filter().then().statusCode(200);
        tenant.admin().get(BASE + "/writer/data/seen").then().statusCode(200);
    }

    @Test
    void a_plugin_is_put_into_observe_mode_before_it_is_enabled_and_keeps_it() {
        tenant.upload(
                        PluginText.named("early").hook("story", "filter").toString(),
                        Wat.assemble(Guests.answering("{\"result\":1}")))
                .then()
                .statusCode(201);
        mode("early", "observe").then().statusCode(200).body("state", equalTo("installed"));

        tenant.enable("early");

        filter().then().body("result", equalTo("darn"));
        tenant.admin().get(BASE + "/early").then().body("mode", equalTo("observe"));
    }

    @Test
    void what_is_no_mode_or_about_an_older_plugin_is_refused_and_the_same_mode_changes_nothing() {
        tenant.enable(PluginText.named("steady").hook("story", "filter"), Guests.silent());
        String etag = tenant.admin().get(BASE + "/steady").header("ETag");

        assertProblem(mode("steady", "asleep"), ProblemCode.REQUEST_INVALID);
        assertProblem(mode("absent", "observe"), ProblemCode.PLUGIN_NOT_FOUND);
        mode("steady", "active").then().statusCode(200).header("ETag", equalTo(etag));
        mode("steady", "observe").then().statusCode(200);
        assertProblem(
                tenant.admin()
                        .contentType(ContentType.JSON)
                        .header("If-Match", etag)
                        .body(Map.of("mode", "active"))
                        .put(BASE + "/steady/mode"),
                ProblemCode.PRECONDITION_FAILED);
    }

    private Response mode(String plugin, String mode) {
        return tenant.as(Role.OPERATOR)
                .contentType(ContentType.JSON)
                .body(Map.of("mode", mode))
                .put(BASE + "/" + plugin + "/mode");
    }

    private Response filter() {
        return tenant.hook("story", Map.of("type", "filter", "result", "darn"));
    }

    /** Calls are in the history a moment after they ended. */
    private void recorded(String plugin) {
        Pauses.await(
                "the history of " + plugin,
                Duration.ofSeconds(10),
                () -> !tenant.admin()
                        .get(BASE + "/" + plugin + "/invocations?hook=story")
                        .<List<Object>>path("invocations.findAll { it.would != null }")
                        .isEmpty());
    }
}
