package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** The four types of hooks, their order and what a failure does, as the product meets them (contract, section 5). */
@ServiceTest
class HooksTest {

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_cloud_event_triggers_the_hook_that_it_names() {
        tenant.enable(PluginText.named("teller").hook("story", "filter"), Guests.answering("{\"result\": \"told\"}"));

        tenant.as(Role.CALLER)
                .contentType("application/cloudevents+json")
                .body("""
                        {"specversion": "1.0", "id": "7", "source": "/asl-world", "type": "story",
                         "dataschema": "urn:storysign:hook:filter", "data": {"result": "a story"}}
                        """)
                .post(ApiTenant.BASE + "/hooks")
                .then()
                .statusCode(200)
                .body("result", equalTo("told"))
                .body("handled_by", equalTo(List.of("teller")));
        assertProblem(
                tenant.as(Role.CALLER)
                        .contentType("application/cloudevents+json")
                        .body("{\"specversion\": \"1.0\"}")
                        .post(ApiTenant.BASE + "/hooks"),
                ProblemCode.REQUEST_INVALID);
    }

    @Test
    void a_before_hook_changes_the_arguments() {
        tenant.enable(
                PluginText.named("before-one").hook("saving", "before"),
                Guests.answering("{\"args\": [2], \"kwargs\": {\"a\": true}}"));

        tenant.hook("saving", "{\"type\": \"before\", \"args\": [1], \"kwargs\": {}}")
                .then()
                .statusCode(200)
                .body("args", equalTo(List.of(2)))
                .body("kwargs", equalTo(Map.of("a", true)))
                .body("stopped", equalTo(null))
                .body("handled_by", equalTo(List.of("before-one")));
    }

    @Test
    void a_before_hook_stops_the_product_and_those_after_it() {
        tenant.enable(
                PluginText.named("stopper").hook("saving", "before", 1, "open"),
                Guests.answering("{\"stop\": \"not today\"}"));
        tenant.enable(
                PluginText.named("unreached").hook("saving", "before", 2, "open"), Guests.answering("{\"args\": [9]}"));

        tenant.hook("saving", "{\"type\": \"before\", \"args\": [1]}")
                .then()
                .statusCode(200)
                .body("stopped.by", equalTo("stopper"))
                .body("stopped.reason", equalTo("not today"))
                .body("args", equalTo(List.of(1)))
                .body("executions.size()", equalTo(1))
                .body("executions[0].status", equalTo("stopped"));
    }

    @Test
    void the_first_replace_handler_that_answers_wins() {
        tenant.enable(
                PluginText.named("passes").hook("scoring", "replace", 1, "open"), Guests.answering("{\"pass\": true}"));
        tenant.enable(
                PluginText.named("wins").hook("scoring", "replace", 2, "open"), Guests.answering("{\"result\": 42}"));
        tenant.enable(
                PluginText.named("too-late").hook("scoring", "replace", 3, "open"),
                Guests.answering("{\"result\": 43}"));

        tenant.hook("scoring", "{\"type\": \"replace\", \"args\": []}")
                .then()
                .statusCode(200)
                .body("result", equalTo(42))
                .body("handled_by", equalTo(List.of("wins")))
                .body("executions.status", equalTo(List.of("passed", "completed")));
    }

    @Test
    void a_filter_hooks_result_goes_through_the_chain_in_order_of_priority_then_id() {
        tenant.enable(
                PluginText.named("z-first").hook("story", "filter", -5, "open"),
                Guests.answering("{\"result\": \"z\"}"));
        tenant.enable(PluginText.named("b-third").hook("story", "filter", 10, "open"), Guests.silent());
        tenant.enable(
                PluginText.named("a-second").hook("story", "filter", 10, "open"),
                Guests.answering("{\"result\": \"a\"}"));

        tenant.hook("story", "{\"type\": \"filter\", \"result\": \"start\"}")
                .then()
                .statusCode(200)
                .body("result", equalTo("a"))
                .body("executions.plugin_id", equalTo(List.of("z-first", "a-second", "b-third")))
                .body("executions[2].changed", equalTo(List.of()));
    }

    @Test
    void an_after_hooks_answer_is_ignored() {
        tenant.enable(PluginText.named("watcher").hook("saved", "after"), Guests.answering("{\"result\": \"mine\"}"));

        tenant.hook("saved", "{\"type\": \"after\", \"result\": \"theirs\"}")
                .then()
                .statusCode(200)
                .body("result", equalTo("theirs"))
                .body("executions[0].status", equalTo("completed"))
                .body("executions[0].changed", equalTo(List.of()));
    }

    @Test
    void a_dry_run_answers_and_keeps_nothing() {
        PluginText keeper =
                PluginText.named("keeper").hook("saved", "after").with("permissions", List.of("storage:write"));
        tenant.upload(keeper.toString(), Wat.assemble(Guests.calling("storage_set", "{\"key\": \"k\", \"value\": 1}")))
                .then()
                .statusCode(201);
        tenant.enableAgreeing("keeper", List.of("storage:write"));

        tenant.hook("saved?dry_run=true", "{\"type\": \"after\"}")
                .then()
                .statusCode(200)
                .body("executions[0].status", equalTo("completed"));
        tenant.admin().get(ApiTenant.BASE + "/keeper/data").then().body("keys", equalTo(List.of()));

        tenant.hook("saved", "{\"type\": \"after\"}").then().statusCode(200);
        tenant.admin().get(ApiTenant.BASE + "/keeper/data").then().body("keys", equalTo(List.of("k")));
    }

    @Test
    void an_unknown_hook_leaves_everything_as_it_is() {
        tenant.hook(
                        "nobody.listens",
                        "{\"type\": \"filter\", \"result\": {\"deep\": [1.10]}, \"args\": [1], \"kwargs\": {\"k\": null}}")
                .then()
                .statusCode(200)
                .body("args", equalTo(List.of(1)))
                .body("handled_by", equalTo(List.of()))
                .body("executions", equalTo(List.of()));
        assertThat(tenant.hook("nobody.listens", "{\"type\": \"filter\", \"result\": 1.10}")
                        .asString())
                .contains("\"result\":1.10,");
    }

    @Test
    void a_handler_that_fails_open_is_passed_over_and_told() {
        tenant.enable(PluginText.named("fragile").hook("story", "filter", 1, "open"), Guests.aborting());
        tenant.enable(
                PluginText.named("sturdy").hook("story", "filter", 2, "open"),
                Guests.answering("{\"result\": \"fine\"}"));

        tenant.hook("story", "{\"type\": \"filter\", \"result\": \"start\"}")
                .then()
                .statusCode(200)
                .body("result", equalTo("fine"))
                .body("handled_by", equalTo(List.of("sturdy")))
                .body("executions[0].status", equalTo("failed"))
                .body("executions[0].problem.code", equalTo("unreachable"));
    }

    @Test
    void a_handler_that_fails_closed_refuses_the_call() {
        tenant.enable(PluginText.named("guardian").hook("story", "filter", 1, "closed"), Guests.aborting());

        Response answer = tenant.hook("story", "{\"type\": \"filter\", \"result\": \"start\"}");

        assertProblem(answer, ProblemCode.HOOK_REFUSED);
        assertThat(answer.<String>path("plugin")).isEqualTo("guardian");
        assertThat(answer.<String>path("trap")).isEqualTo("unreachable");
        assertThat(answer.<String>path("hook")).isEqualTo("story");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "\"text\"",
                "{\"result\": 1, \"result\": 2}",
                "{\"unknown\": 1}",
                "{\"stop\": \"only before hooks stop\"}",
                "{\"result\": 1} trailing"
            })
    void an_answer_that_is_no_filters_is_invalid(String output) {
        tenant.enable(PluginText.named("babbler").hook("story", "filter"), Guests.answering(output));

        tenant.hook("story", "{\"type\": \"filter\", \"result\": \"start\"}")
                .then()
                .statusCode(200)
                .body("result", equalTo("start"))
                .body("executions[0].problem.code", equalTo("handler-output-invalid"));
    }

    @Test
    void a_hook_whose_time_is_up_is_told_within_it() {
        tenant.enable(PluginText.named("slow").hook("story", "filter"), Guests.looping());
        long begin = System.nanoTime();

        Response answer = tenant.hook("story", "{\"type\": \"filter\", \"result\": 1, \"deadline_ms\": 300}");

        assertProblem(answer, ProblemCode.HOOK_DEADLINE_EXCEEDED);
        assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(4_500);
    }

    @Test
    void a_plugin_that_runs_holds_up_nobody_elses_request() {
        tenant.enable(PluginText.named("busy").hook("story", "filter"), Guests.looping());
        CompletableFuture<Response> hook =
                CompletableFuture.supplyAsync(() -> tenant.hook("story", "{\"type\": \"filter\", \"result\": 1}"));

        for (int request = 0; request < 5; request++) {
            tenant.admin().get(ApiTenant.BASE + "/security/permissions").then().statusCode(200);
        }

        assertThat(hook).isNotDone();
        hook.join().then().statusCode(200).body("executions[0].status", equalTo("failed"));
    }

    @Test
    void an_operators_policy_reorders_a_hook_and_closes_it() {
        tenant.enable(
                PluginText.named("alpha").hook("story", "filter", 1, "open"),
                Guests.answering("{\"result\": \"alpha\"}"));
        tenant.enable(
                PluginText.named("omega").hook("story", "filter", 2, "open"),
                Guests.answering("{\"result\": \"omega\"}"));
        String path = ApiTenant.BASE + "/hooks/story";
        String etag = tenant.admin().get(path).header("ETag");

        Response changed = policy(path, etag, "{\"order\": [\"omega\"], \"on_error\": \"closed\"}");

        changed.then()
                .statusCode(200)
                .body("handlers.plugin_id", equalTo(List.of("omega", "alpha")))
                .body("handlers.on_error", equalTo(List.of("closed", "closed")))
                .body("policy.order", equalTo(List.of("omega")));
        assertThat(etag).isEqualTo("\"0\"");
        assertThat(changed.header("ETag")).isEqualTo("\"1\"");
        tenant.hook("story", "{\"type\": \"filter\", \"result\": \"start\"}")
                .then()
                .body("result", equalTo("alpha"));
    }

    @Test
    void a_policy_is_changed_by_those_who_know_what_they_change() {
        String path = ApiTenant.BASE + "/hooks/quiet";

        assertProblem(policy(path, null, "{}"), ProblemCode.PRECONDITION_REQUIRED);
        assertProblem(policy(path, "\"5\"", "{}"), ProblemCode.PRECONDITION_FAILED);
        policy(path, "\"0\"", "{\"on_error\": \"open\"}").then().statusCode(200);
        assertProblem(policy(path, "\"0\"", "{\"on_error\": \"closed\"}"), ProblemCode.PRECONDITION_FAILED);
        assertProblem(policy(path, "\"1\"", "{\"on_error\": \"ajar\"}"), ProblemCode.REQUEST_INVALID);
        assertProblem(policy(path, "\"1\"", "{\"order\": [\"x1\", \"x1\"]}"), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void hooks_are_listed_with_their_chains() {
        tenant.enable(PluginText.named("lister").hook("one", "before").hook("two", "after"), Guests.silent());

        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/hooks")
                .then()
                .statusCode(200)
                .body("hooks.hook", equalTo(List.of("one", "two")))
                .body("hooks[0].handlers[0].plugin_id", equalTo("lister"))
                .body("hooks[0].handlers[0].handler", equalTo("handle"))
                .body("hooks[0].handlers[0].priority", equalTo(100));
    }

    @Test
    void a_key_that_may_not_name_users_does_not() {
        String key = tenant.makeKey(Map.of("name", "product", "roles", List.of("caller")));

        Response naming = ApiTenant.anonymous()
                .header("X-API-Key", key)
                .contentType(ContentType.JSON)
                .body("{\"type\": \"filter\", \"user_id\": \"u-1\"}")
                .post(ApiTenant.BASE + "/hooks/story");

        assertProblem(naming, ProblemCode.FORBIDDEN);
        ApiTenant.anonymous()
                .header("X-API-Key", key)
                .contentType(ContentType.JSON)
                .body("{\"type\": \"filter\"}")
                .post(ApiTenant.BASE + "/hooks/story")
                .then()
                .statusCode(200);
    }

    private Response policy(String hook, @org.jspecify.annotations.Nullable String ifMatch, String body) {
        var request = tenant.as(Role.OPERATOR).contentType(ContentType.JSON).body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put(hook + "/policy");
    }
}
