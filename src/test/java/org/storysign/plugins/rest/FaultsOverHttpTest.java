package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.problem.ProblemCode;

@ServiceTest
class FaultsOverHttpTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final ApiTenant tenant = new ApiTenant();

    @ParameterizedTest
    @ValueSource(strings = {"at-once", "later", "stack", "number"})
    void a_fault_of_ours_is_told_without_its_cause(String how) {
        assertProblem(ApiTenant.anonymous().get("/test-only/fail/" + how), ProblemCode.INTERNAL_ERROR);
    }

    @Test
    void a_fault_that_comes_wrapped_is_told_as_what_it_is() {
        Response answer =
                assertProblem(ApiTenant.anonymous().get("/test-only/fail/completion"), ProblemCode.OVERLOADED);

        assertThat(answer.header("Retry-After")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/plugins/hooks/a/b/c",
                "/api/plugins/x/y",
                "/api/plugins/x/call",
                "/nothing/here",
                "/api",
                "/"
            })
    void an_address_without_an_operation_is_not_found(String path) {
        assertProblem(tenant.admin().get(path), ProblemCode.NOT_FOUND);
    }

    @Test
    void a_method_an_address_does_not_answer_is_refused_and_options_tells_which_it_does() {
        assertProblem(tenant.admin().post("/api/plugins/status"), ProblemCode.METHOD_NOT_ALLOWED);

        assertThat(ApiTenant.anonymous().options("/api/plugins/status").header("Allow"))
                .contains("GET");
    }

    @Test
    void a_type_that_is_not_accepted_is_told() {
        assertProblem(
                tenant.admin().contentType("text/xml").body("<a/>").post("/api/plugins/install"),
                ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        assertProblem(
                tenant.admin().contentType("application/json").body("{}").post("/api/plugins/upload"),
                ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        assertProblem(
                tenant.admin()
                        .contentType("application/json")
                        .header("Content-Encoding", "gzip")
                        .body("{}")
                        .post("/api/plugins/install"),
                ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void an_answer_nobody_accepts_is_not_given() {
        assertProblem(tenant.admin().accept("text/html").get("/api/plugins/status"), ProblemCode.NOT_ACCEPTABLE);
    }

    @Test
    void a_callers_trace_is_taken_over_and_told_in_every_answer() {
        Response fault = tenant.admin()
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .get("/api/plugins/no-such-plugin");
        Response success = tenant.admin()
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .get("/api/plugins/status");

        assertThat(assertProblem(fault, ProblemCode.PLUGIN_NOT_FOUND).<String>path("traceId"))
                .isEqualTo(TRACE);
        assertThat(success.header("Trace-Id")).isEqualTo(TRACE);
    }

    @Test
    void who_is_not_known_is_told_how_to_become_known() {
        Response answer = ApiTenant.anonymous().get("/api/plugins/status");

        assertProblem(answer, ProblemCode.UNAUTHENTICATED);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void every_answer_says_that_browsers_and_caches_shall_keep_out() {
        Response answer = tenant.as(Role.VIEWER).get("/api/plugins/status");

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void paths_that_callers_make_up_make_no_series_of_metrics() {
        for (int number = 0; number < 20; number++) {
            tenant.admin().get("/api/plugins/made-up-" + number + "/made-up");
            tenant.admin().get("/made-up-" + number);
            tenant.admin().get("/api/plugins/made-up-" + number);
        }

        assertThat(ApiTenant.anonymous().get("/q/metrics").asString())
                .contains("http_server_requests")
                .doesNotContain("made-up");
    }

    @Test
    void a_resource_method_that_does_not_say_who_may_call_it_is_called_by_nobody() {
        assertProblem(tenant.admin().get("/test-only/unguarded"), ProblemCode.FORBIDDEN);
        assertProblem(ApiTenant.anonymous().get("/test-only/unguarded"), ProblemCode.FORBIDDEN);
    }
}
