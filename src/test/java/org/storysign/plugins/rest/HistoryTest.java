package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.plugin.history.HistoryWriter;
import org.storysign.plugins.problem.ProblemCode;

/** What plugins did, as operators read it. */
@ServiceTest
class HistoryTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Inject
    HistoryWriter writer;

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_call_is_found_by_the_trace_its_request_carried() {
        tenant.enable(PluginText.named("diary").hook("saved", "after"), Guests.silent());
        tenant.hook("saved", "{\"type\": \"after\"}").then().statusCode(200);

        tenant.as(Role.CALLER)
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .contentType(ContentType.JSON)
                .body("{\"type\": \"after\", \"user_id\": \"anna\"}")
                .post(ApiTenant.BASE + "/hooks/saved")
                .then()
                .statusCode(200);

        history("diary", "?trace_id=" + TRACE)
                .then()
                .statusCode(200)
                .body("invocations.size()", equalTo(1))
                .body("invocations[0].kind", equalTo("hook"))
                .body("invocations[0].hook", equalTo("saved"))
                .body("invocations[0].endpoint", equalTo(null))
                .body("invocations[0].handler", equalTo("handle"))
                .body("invocations[0].release", equalTo("1.0.0"))
                .body("invocations[0].for_user", equalTo(true))
                .body("invocations[0].dry_run", equalTo(false))
                .body("invocations[0].status", equalTo("ok"))
                .body("invocations[0].code", equalTo(null))
                .body("invocations[0].fuel_used", greaterThan(0))
                .body("invocations[0].trace_id", equalTo(TRACE));
        assertThat(history("diary", "").asString()).doesNotContain("anna");
    }

    @Test
    void a_failed_call_is_found_by_the_trace_of_its_problem() {
        tenant.enable(PluginText.named("broken"), Guests.aborting());
        Response problem = tenant.call("broken", "handle", new byte[0]);

        history("broken", "?trace_id=" + problem.path("traceId"))
                .then()
                .body("invocations.size()", equalTo(1))
                .body("invocations[0].kind", equalTo("call"))
                .body("invocations[0].status", equalTo("failed"))
                .body("invocations[0].code", equalTo("unreachable"));
    }

    @Test
    void an_export_that_is_not_there_is_a_failed_call_whatever_it_is_called() {
        tenant.enable(PluginText.named("diary"), Guests.silent());

        tenant.call("diary", "no%00such%ff" + "x".repeat(300), new byte[0])
                .then()
                .statusCode(422);

        history("diary", "")
                .then()
                .body("invocations[0].code", equalTo("export-missing"))
                .body("invocations[0].fuel_used", equalTo(0));
    }

    @Test
    void calls_are_read_the_newest_first_a_page_at_a_time() {
        tenant.enable(PluginText.named("diary").hook("saved", "after"), Guests.aborting());
        List<String> traces = new ArrayList<>();
        for (int call = 0; call < 5; call++) {
            traces.addFirst(tenant.hook("saved", "{\"type\": \"after\"}").header("Trace-Id"));
        }
        tenant.call("diary", "handle", new byte[0]);

        List<String> read = new ArrayList<>();
        String cursor = "";
        do {
            Response page = history("diary", "?status=failed&hook=saved&limit=2" + cursor);
            read.addAll(page.path("invocations.trace_id"));
            String next = page.path("next_cursor");
            assertThat(page.header("Link") != null).isEqualTo(next != null);
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());

        assertThat(read).isEqualTo(traces);
        history("diary", "?status=ok").then().body("invocations", empty());
        history("diary", "?status=unreachable").then().body("invocations.size()", equalTo(6));
        history("diary", "?since=2999-01-01T00:00:00Z").then().body("invocations", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "invocations?status=OK",
        "invocations?trace_id=1",
        "invocations?since=yesterday",
        "invocations?cursor=x",
        "invocations?limit=0",
        "usage?hours=0",
        "usage?hours=721",
        "logs?level=loud",
        "logs?follow=maybe",
        "logs?follow=true&level=loud",
        "logs?folow=true"
    })
    void what_is_asked_wrongly_is_told(String question) {
        tenant.enable(PluginText.named("diary"), Guests.silent());

        assertProblem(tenant.admin().get(at("diary", question)), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void nobody_else_sees_a_plugins_history() {
        tenant.enable(PluginText.named("diary"), Guests.logging("secret"));
        tenant.call("diary", "handle", new byte[0]).then().statusCode(200);
        writer.write();
        ApiTenant other = new ApiTenant();
        other.enable(PluginText.named("diary"), Guests.silent());

        for (String what : List.of("invocations", "usage", "logs", "logs?follow=true")) {
            assertProblem(tenant.admin().get(at("no-such", what)), ProblemCode.PLUGIN_NOT_FOUND);
            assertProblem(ApiTenant.anonymous().get(at("diary", what)), ProblemCode.UNAUTHENTICATED);
        }
        other.admin().get(at("diary", "invocations")).then().body("invocations", empty());
        other.admin().get(at("diary", "logs")).then().body("lines", empty());
        other.admin().get(at("diary", "usage")).then().body("total.calls", equalTo(0));
        assertProblem(tenant.as(Role.VIEWER).get(at("diary", "logs")), ProblemCode.FORBIDDEN);
        assertProblem(tenant.as(Role.VIEWER).get(at("diary", "logs?follow=true")), ProblemCode.FORBIDDEN);
    }

    @Test
    void usage_sums_up_calls_failures_platform_functions_and_stored_data() {
        String manifest = PluginText.named("keeper")
                .with("permissions", List.of("storage:write"))
                .toString();
        tenant.upload(manifest, Wat.assemble(Guests.calling("storage_set", "{\"key\":\"k\",\"value\":1}")))
                .then()
                .statusCode(201);
        tenant.enableAgreeing("keeper", List.of("storage:write"));
        tenant.call("keeper", "handle", new byte[0]).then().statusCode(200);
        tenant.call("keeper", "handle", new byte[0]).then().statusCode(200);
        tenant.call("keeper", "other", new byte[0]).then().statusCode(422);
        writer.write();

        tenant.as(Role.VIEWER)
                .get(at("keeper", "usage?hours=2"))
                .then()
                .statusCode(200)
                .body("total.calls", equalTo(3))
                .body("total.failed", equalTo(1))
                .body("total.failures", equalTo(Map.of("export-missing", 1)))
                .body("total.functions", equalTo(Map.of("storage_set", 2)))
                .body("total.denials", equalTo(Map.of()))
                .body("total.fuel_used", greaterThan(0))
                .body("stored.keys", equalTo(1))
                .body("stored.keys_limit", equalTo(10_000));
    }

    @Test
    void a_log_is_read_by_level_and_cannot_be_forged() {
        tenant.enable(PluginText.named("diary"), Guests.logging("one\n2026 ERROR forged"));
        tenant.call("diary", "handle", new byte[0]).then().statusCode(200);
        String invocation = history("diary", "").path("invocations[0].invocation_id");

        tenant.as(Role.OPERATOR)
                .get(at("diary", "logs?level=info"))
                .then()
                .statusCode(200)
                .body("lines.text", equalTo(List.of("one\\n2026 ERROR forged")))
                .body("lines.level", equalTo(List.of("info")))
                .body("lines.invocation_id", equalTo(List.of(invocation)));
        tenant.admin().get(at("diary", "logs?level=warn")).then().body("lines", empty());
    }

    @Test
    void a_log_is_followed_from_its_last_lines_on_and_taken_up_where_it_was_left() throws Exception {
        tenant.enable(PluginText.named("diary"), Guests.logging("a line"));
        String first = logged();

        try (HttpClient client = HttpClient.newHttpClient()) {
            String place;
            try (Stream<String> stream = follow(client, "logs?follow=true", "")) {
                Iterator<String> lines = stream.iterator();
                assertThat(next(lines, "data:")).contains("\"text\":\"a line\"", first);
                String second = logged();
                place = next(lines, "id:").substring("id:".length()).strip();
                assertThat(next(lines, "data:")).contains(second);
            }

            String third = logged();
            try (Stream<String> stream = follow(client, "logs?follow=true&level=info", place)) {
                assertThat(next(stream.iterator(), "data:")).contains(third);
            }
        }
    }

    @Test
    void a_log_goes_with_its_plugin() {
        tenant.enable(PluginText.named("diary"), Guests.logging("a line"));
        logged();
        tenant.admin().get(at("diary", "logs")).then().body("lines.text", hasItem("a line"));

        tenant.admin().delete(ApiTenant.BASE + "/diary?keep_data=true").then().statusCode(204);
        tenant.enable(PluginText.named("diary"), Guests.silent());

        tenant.admin().get(at("diary", "logs")).then().body("lines", empty());
    }

    /** The id of a call that logged. */
    private String logged() {
        tenant.call("diary", "handle", new byte[0]).then().statusCode(200);
        return history("diary", "?limit=1").path("invocations[0].invocation_id");
    }

    private Response history(String plugin, String question) {
        writer.write();
        return tenant.as(Role.VIEWER).get(at(plugin, "invocations" + question));
    }

    private Stream<String> follow(HttpClient client, String what, String last)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + at("diary", what)))
                .header("X-API-Key", tenant.makeKey(Map.of("name", "f", "roles", List.of("operator"))));
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<Stream<String>> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return answer.body();
    }

    private static String next(Iterator<String> lines, String start) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before a line that starts with " + start);
    }

    private static String at(String plugin, String what) {
        return ApiTenant.BASE + "/" + plugin + "/" + what;
    }
}
