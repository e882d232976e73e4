package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** Releases over the API: brought, waiting, agreed to, activated and gone back to. */
@ServiceTest
class ReleasesTest {

    private static final String STORY = "{\"type\": \"filter\", \"result\": \"a story\"}";

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_widening_upgrade_waits_is_agreed_to_serves_and_goes_back_in_one_call() {
        serve("1.0.0", "one");
        bring("2.0.0", "two", List.of("storage:read")).then().statusCode(201).body("active_release", equalTo("1.0.0"));
        releases()
                .then()
                .statusCode(200)
                .body("releases.version", contains("1.0.0", "2.0.0"))
                .body("releases.active", contains(true, false))
                .body("releases.state", contains("ready", "awaiting-consent"))
                .body("releases[1].difference", contains("can read its own stored keys"))
                .body("releases[0].consent", nullValue());
        assertThat(answer()).isEqualTo("one");

        Response refused = activate(Map.of("version", "2.0.0"));
        assertProblem(refused, ProblemCode.CONSENT_REQUIRED);
        String consent = refused.path("consent");
        assertThat(releases().<String>path("releases[1].consent")).isEqualTo(consent);
        assertThat(answer()).isEqualTo("one");
        activate(Map.of("version", "2.0.0", "consent", consent))
                .then()
                .statusCode(200)
                .body("active_release", equalTo("2.0.0"))
                .body("state", equalTo("enabled"))
                .body("grants.permissions", contains("storage:read"));
        assertThat(answer()).isEqualTo("two");

        activate(Map.of("version", "1.0.0")).then().statusCode(200).body("grants.permissions", hasSize(0));
        assertThat(answer()).isEqualTo("one");
        assertThat(tenant.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit").<List<String>>path("entries.action"))
                .containsSubsequence("release.activate", "release.activate", "consent.give", "plugin.install");
    }

    @Test
    void a_change_needs_the_revision_it_was_made_for() {
        serve("1.0.0", "one");
        bring("2.0.0", "two", List.of());
        Map<String, String> form = Map.of("version", "2.0.0");

        assertProblem(
                tenant.as(Role.OPERATOR)
                        .contentType(ContentType.JSON)
                        .body(form)
                        .put(address("/active-release")),
                ProblemCode.PRECONDITION_REQUIRED);
        assertProblem(
                tenant.as(Role.OPERATOR)
                        .contentType(ContentType.JSON)
                        .header("If-Match", "\"1\"")
                        .body(form)
                        .put(address("/active-release")),
                ProblemCode.PRECONDITION_FAILED);
        assertThat(answer()).isEqualTo("one");
    }

    @Test
    void a_dry_run_tells_what_would_be_and_changes_nothing() {
        serve("1.0.0", "one");
        bring("2.0.0", "two", List.of());
        String before = etag();

        tenant.as(Role.OPERATOR)
                .contentType(ContentType.JSON)
                .header("If-Match", before)
                .queryParam("dry_run", "true")
                .body(Map.of("version", "2.0.0"))
                .put(address("/active-release"))
                .then()
                .statusCode(200)
                .body("active_release", equalTo("2.0.0"));

        assertThat(etag()).isEqualTo(before);
        assertThat(answer()).isEqualTo("one");
    }

    @Test
    void what_is_no_release_of_the_plugin_is_refused() {
        serve("1.0.0", "one");
        String other = PluginText.named("other").version("2.0.0").toString();

        assertProblem(activate(Map.of("version", "7.0.0")), ProblemCode.NOT_FOUND);
        assertProblem(activate(Map.of("version", "seven")), ProblemCode.REQUEST_INVALID);
        assertProblem(activate(Map.of()), ProblemCode.REQUEST_INVALID);
        assertProblem(
                tenant.as(Role.INSTALLER)
                        .multiPart("manifest", "manifest.json", other.getBytes(StandardCharsets.UTF_8))
                        .multiPart("module", "plugin.wasm", Wat.assemble(Guests.silent()))
                        .post(address("/releases")),
                ProblemCode.REQUEST_INVALID);
        assertProblem(
                tenant.as(Role.INSTALLER)
                        .multiPart("manifest", "manifest.json", other.getBytes(StandardCharsets.UTF_8))
                        .multiPart("module", "plugin.wasm", Wat.assemble(Guests.silent()))
                        .post(ApiTenant.BASE + "/other/releases"),
                ProblemCode.PLUGIN_NOT_FOUND);
        assertProblem(tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/other/releases"), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void under_load_no_call_is_lost_or_changed_while_releases_come_and_go() throws Exception {
        serve("1.0.0", "one");
        bring("2.0.0", "two", List.of());
        AtomicBoolean over = new AtomicBoolean();
        Set<String> answers = ConcurrentHashMap.newKeySet();
        int calls = 0;

        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                callers.add(threads.submit(() -> callUntil(over, answers)));
            }
            try {
                for (int turn = 0; turn < 10; turn++) {
                    activate(Map.of("version", turn % 2 == 0 ? "2.0.0" : "1.0.0"))
                            .then()
                            .statusCode(200);
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> caller : callers) {
                calls += caller.get(1, TimeUnit.MINUTES);
            }
        }

        assertThat(calls).isPositive();
        assertThat(answers).containsExactlyInAnyOrder("completed one", "completed two");
    }

    private int callUntil(AtomicBoolean over, Set<String> answers) {
        int calls = 0;
        while (!over.get()) {
            Response answer = tenant.hook("story", STORY);
            answers.add(answer.path("executions[0].status") + " " + answer.path("result"));
            calls++;
        }
        return calls;
    }

    private void serve(String version, String text) {
        tenant.enable(plugin(version), guest(text));
    }

    private Response bring(String version, String text, List<String> permissions) {
        byte[] manifest =
                plugin(version).with("permissions", permissions).toString().getBytes(StandardCharsets.UTF_8);
        return tenant.as(Role.INSTALLER)
                .multiPart("manifest", "manifest.json", manifest)
                .multiPart("module", "plugin.wasm", Wat.assemble(guest(text)))
                .post(address("/releases"));
    }

    private static PluginText plugin(String version) {
        return PluginText.named("teller").version(version).hook("story", "filter");
    }

    private static String guest(String text) {
        return Guests.answering("{\"result\": \"" + text + "\"}");
    }

    private Response activate(Map<String, String> form) {
        return tenant.as(Role.OPERATOR)
                .contentType(ContentType.JSON)
                .header("If-Match", etag())
                .body(new HashMap<>(form))
                .put(address("/active-release"));
    }

    private Response releases() {
        return tenant.as(Role.VIEWER).get(address("/releases"));
    }

    private String etag() {
        return tenant.as(Role.VIEWER).get(address("")).header("ETag");
    }

    private String answer() {
        return tenant.hook("story", STORY).path("result");
    }

    private static String address(String rest) {
        return ApiTenant.BASE + "/teller" + rest;
    }
}
