package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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

/** A plugin that an operator looks at before it counts. */
@ServiceTest
class ObserveTest {

    private static final String WRITER = ApiTenant.BASE + "/writer";

    private final ApiTenant tenant = new ApiTenant();

    private void install() {
        PluginText plugin = PluginText.named("writer")
                .hook("story", "filter", 10, "closed")
                .with("permissions", List.of(Map.of("name", "storage:write", "reason", "counts")));
        tenant.upload(
                        plugin.toString(),
                        Wat.assemble(Guests.asking("storage_set", "{\"key\":\"written\",\"value\":1}")))
                .then()
                .statusCode(201);
    }

    private Response mode(String mode, String etag) {
        return tenant.as(Role.OPERATOR)
                .contentType(ContentType.JSON)
                .header("If-Match", etag)
                .body(Map.of("mode", mode))
                .put(WRITER + "/mode");
    }

    private Response plugin() {
        return tenant.as(Role.VIEWER).get(WRITER);
    }

    private List<String> keys() {
        return tenant.admin().get(WRITER + "/data").path("keys");
    }

    private Response hook() {
        return tenant.hook("story", Map.of("type", "filter", "result", "as it was"));
    }

    @Test
    void it_runs_and_is_recorded_and_writes_nothing_until_it_serves() {
        install();
        mode("observe", plugin().header("ETag")).then().statusCode(200).body("mode", equalTo("observe"));
        tenant.enableAgreeing("writer", List.of("storage:write"));
        plugin().then().body("mode", equalTo("observe")).body("state", equalTo("enabled"));

        hook().then()
                .statusCode(200)
                .body("result", equalTo("as it was"))
                .body("handled_by", empty())
                .body("executions", hasSize(1))
                .body("executions[0].observed", equalTo(true));
        tenant.call("writer", "handle", new byte[0]).then().statusCode(200);

        assertThat(keys()).isEmpty();
        Pauses.await(
                "both calls are in the history",
                Duration.ofSeconds(20),
                () -> List.of(true, true)
                        .equals(tenant.admin()
                                .get(WRITER + "/invocations")
                                .<List<Boolean>>path("invocations.findAll { it.kind != 'lifecycle' }.dry_run")));

        mode("serve", plugin().header("ETag")).then().statusCode(200);
        hook();

        assertThat(keys()).containsExactly("written");
        assertThat(tenant.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit").<List<String>>path("entries.action"))
                .filteredOn(action -> action.equals("plugin.mode"))
                .hasSize(2);
    }

    @Test
    void a_mode_stays_when_the_plugin_is_disabled_and_goes_to_another_release() {
        install();
        mode("observe", plugin().header("ETag")).then().statusCode(200);
        tenant.enableAgreeing("writer", List.of("storage:write"));
        tenant.admin().post(WRITER + "/disable").then().statusCode(200).body("mode", equalTo("observe"));
        tenant.admin().get(ApiTenant.BASE).then().body("plugins.find { it.id == 'writer' }.mode", equalTo("observe"));
    }

    @Test
    void what_is_no_mode_or_comes_too_late_is_refused() {
        install();
        String etag = plugin().header("ETag");

        assertProblem(mode("off", etag), ProblemCode.REQUEST_INVALID);
        mode("observe", etag).then().statusCode(200);
        assertProblem(mode("serve", etag), ProblemCode.PRECONDITION_FAILED);
        assertProblem(
                tenant.as(Role.OPERATOR)
                        .contentType(ContentType.JSON)
                        .body(Map.of("mode", "serve"))
                        .put(WRITER + "/mode"),
                ProblemCode.PRECONDITION_REQUIRED);
        assertProblem(
                tenant.as(Role.OPERATOR)
                        .contentType(ContentType.JSON)
                        .header("If-Match", "\"1\"")
                        .body(Map.of("mode", "serve"))
                        .put(ApiTenant.BASE + "/nobody/mode"),
                ProblemCode.PLUGIN_NOT_FOUND);
    }
}
