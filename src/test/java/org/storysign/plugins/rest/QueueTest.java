package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.hook.HookDispatcher;
import org.storysign.plugins.hook.queue.EventHand;
import org.storysign.plugins.hook.queue.EventQueue;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.problem.ProblemCode;

/** Hooks that are handled later, as the product and operators meet them. Events are handled when a test says so. */
@ServiceTest
class QueueTest {

    private static final String QUEUE = ApiTenant.BASE + "/queue";
    private static final String AFTER = "{\"type\": \"after\", \"user_id\": \"anna\", \"args\": [1]}";

    private static final Pattern COMMAND = Pattern.compile(
            "^curl -H \"\\$AUTH\" (-X (?<method>[A-Z]+) )?\"localhost:8080(?<path>[^\"]+)\"( --json '(?<body>[^']+)')?$",
            Pattern.MULTILINE);

    @Inject
    EventQueue queue;

    @Inject
    HookDispatcher dispatcher;

    @Inject
    PluginCatalog catalog;

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_hook_is_accepted_at_once_and_handled_later_under_the_id_that_was_told() {
        enable(PluginText.named("recorder").hook("saved", "after"), Guests.recording(), "storage:write");

        Response accepted = later("saved", AFTER);

        String id = accepted.then()
                .statusCode(202)
                .body("state", equalTo("queued"))
                .extract()
                .path("event_id");
        assertThat(accepted.header("Location")).isEqualTo(QUEUE + "/" + id).isEqualTo(accepted.path("operation"));
        tenant.as(Role.CALLER)
                .get(accepted.header("Location"))
                .then()
                .statusCode(200)
                .body("state", equalTo("queued"));
        assertThat(marks()).isEmpty();

        workOff();

        tenant.as(Role.VIEWER)
                .get(QUEUE + "/" + id)
                .then()
                .statusCode(200)
                .body("event_id", equalTo(id))
                .body("hook", equalTo("saved"))
                .body("plugin_id", equalTo(null))
                .body("state", equalTo("done"))
                .body("attempts", equalTo(1))
                .body("problem", equalTo(null));
        assertThat(marks()).hasSize(1).allMatch(key -> key.startsWith(id + "/"));
        assertThat(tenant.as(Role.OPERATOR).get(QUEUE + "/" + id + "/call").asString())
                .isEqualTo("{}");
    }

    @Test
    void an_event_that_keeps_failing_is_a_dead_letter_which_is_told_brought_back_and_deleted() {
        tenant.enable(PluginText.named("guardian").hook("saved", "after", 1, "closed"), Guests.aborting());
        String id = later("saved", AFTER).path("event_id");

        workOff();

        list("?state=dead")
                .then()
                .body("events.event_id", equalTo(List.of(id)))
                .body("events[0].attempts", equalTo(2))
                .body("events[0].problem.code", equalTo("unreachable"));
        status(0, 0, 1);
        assertThat(tenant.as(Role.OPERATOR).get(QUEUE + "/" + id + "/call").<String>path("user_id"))
                .isEqualTo("anna");
        operator().post(QUEUE + "/" + id + "/redrive").then().statusCode(200).body("state", equalTo("queued"));
        status(1, 0, 0);
        assertProblem(operator().post(QUEUE + "/" + id + "/redrive"), ProblemCode.EVENT_STATE_CONFLICT);

        workOff();

        status(0, 0, 1);
        operator().delete(QUEUE + "/" + id).then().statusCode(204);
        assertProblem(operator().delete(QUEUE + "/" + id), ProblemCode.EVENT_NOT_FOUND);
        assertProblem(tenant.as(Role.VIEWER).get(QUEUE + "/" + id), ProblemCode.EVENT_NOT_FOUND);
        assertThat(audited()).containsSubsequence("event.delete", "event.redrive");
    }

    @Test
    void dead_letters_are_brought_back_together_or_of_one_hook() {
        tenant.enable(
                PluginText.named("guardian").hook("saved", "after", 1, "closed").hook("sent", "after", 1, "closed"),
                Guests.aborting());
        for (String hook : List.of("saved", "sent", "saved", "sent", "sent")) {
            later(hook, AFTER);
        }
        workOff();
        status(0, 0, 5);

        redrive("{\"hook\": \"saved\"}").then().statusCode(200).body("redriven", equalTo(2));
        redrive("{\"plugin_id\": \"nobody\"}").then().statusCode(200).body("redriven", equalTo(0));
        redrive("{}").then().statusCode(200).body("redriven", equalTo(3));

        status(5, 0, 0);
        assertThat(audited().stream().filter("event.redrive"::equals)).hasSize(2);
        assertProblem(redrive("{\"hook\": 1}"), ProblemCode.REQUEST_INVALID);
        assertProblem(redrive("{\"hooks\": \"saved\"}"), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void what_is_in_work_is_neither_deleted_nor_brought_back() {
        String id = later("saved", AFTER).path("event_id");
        hand().takeAway(tenant.id());

        assertProblem(operator().delete(QUEUE + "/" + id), ProblemCode.EVENT_STATE_CONFLICT);
        assertProblem(operator().post(QUEUE + "/" + id + "/redrive"), ProblemCode.EVENT_STATE_CONFLICT);
        status(0, 1, 0);
        list("?state=working").then().body("events[0].worker", equalTo("other"));
    }

    @Test
    void a_plugin_that_answers_its_own_hook_by_emitting_it_again_is_stopped_by_the_depth() {
        enable(
                PluginText.named("echo").hook("plugin.echo.again", "after"),
                Guests.asking("hook_emit", "{\"hook_name\": \"plugin.echo.again\"}"),
                "hooks:emit");

        String answer = tenant.call("echo", "handle", new byte[0]).asString();
        workOff();

        assertThat(answer).startsWith("{\"ok\":{\"event_id\":\"");
        list("").then()
                .body("events.depth", equalTo(List.of(8, 7, 6, 5, 4, 3, 2, 1)))
                .body("events.plugin_id.unique()", equalTo(List.of("echo")))
                .body("events.state.unique()", equalTo(List.of("done")));
    }

    @Test
    void a_plugin_emits_no_hook_of_the_products() {
        enable(
                PluginText.named("liar"),
                Guests.asking("hook_emit", "{\"hook_name\": \"story_generation\"}"),
                "hooks:emit");

        assertThat(tenant.call("liar", "handle", new byte[0]).asString())
                .startsWith("{\"error\":{\"code\":\"permission-denied\"");
        list("").then().body("events", equalTo(List.of()));
    }

    @Test
    void events_are_listed_by_state_hook_and_sender_a_page_at_a_time() {
        for (int number = 0; number < 5; number++) {
            later(number % 2 == 0 ? "even" : "odd", AFTER);
        }

        Response first = list("?hook=even&limit=2");
        String next = first.path("next_cursor");
        Response second = list("?hook=even&limit=2&cursor=" + next);

        assertThat(first.<List<String>>path("events.hook")).containsExactly("even", "even");
        assertThat(second.<List<String>>path("events.hook")).containsExactly("even");
        assertThat(second.<String>path("next_cursor")).isNull();
        assertThat(first.header("Link")).contains("cursor=" + next);
        list("?plugin_id=nobody").then().body("events", equalTo(List.of()));
        list("?state=done").then().body("events", equalTo(List.of()));
        for (String wrong :
                List.of("?state=lost", "?hook=A", "?plugin_id=_", "?limit=0", "?cursor=%21", "?cursor=YQ")) {
            assertProblem(list(wrong), ProblemCode.REQUEST_INVALID);
        }
    }

    @Test
    void the_events_of_a_tenant_are_not_anothers() {
        String id = later("saved", AFTER).path("event_id");
        ApiTenant other = new ApiTenant();

        assertProblem(other.as(Role.VIEWER).get(QUEUE + "/" + id), ProblemCode.EVENT_NOT_FOUND);
        assertProblem(other.as(Role.OPERATOR).get(QUEUE + "/" + id + "/call"), ProblemCode.EVENT_NOT_FOUND);
        assertProblem(other.as(Role.OPERATOR).delete(QUEUE + "/" + id), ProblemCode.EVENT_NOT_FOUND);
        assertProblem(other.as(Role.OPERATOR).post(QUEUE + "/" + id + "/redrive"), ProblemCode.EVENT_NOT_FOUND);
        other.as(Role.VIEWER).get(QUEUE).then().body("events", equalTo(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?async=maybe", "?ordering_key=k", "?async=true&ordering_key=a%0Ab", "?async=true&dry_run=true"})
    void a_wish_that_cannot_be_fulfilled_is_refused(String query) {
        assertProblem(trigger("saved" + query, AFTER), ProblemCode.REQUEST_INVALID);
        list("").then().body("events", equalTo(List.of()));
    }

    @Test
    void a_call_that_is_not_valid_or_too_large_is_refused_at_once() {
        assertProblem(later("saved", "{\"type\": \"sometimes\"}"), ProblemCode.REQUEST_INVALID);
        assertProblem(later("Saved", AFTER), ProblemCode.REQUEST_INVALID);
        assertProblem(
                later("saved", "{\"type\": \"after\", \"result\": \"" + "x".repeat(256 << 10) + "\"}"),
                ProblemCode.EVENT_TOO_LARGE);
        list("").then().body("events", equalTo(List.of()));
    }

    @Test
    void a_key_that_may_not_name_users_does_not_later_either() {
        String key = tenant.makeKey(Map.of("name", "product", "roles", List.of("caller")));

        Response naming = ApiTenant.anonymous()
                .header("X-API-Key", key)
                .contentType(ContentType.JSON)
                .body(AFTER)
                .post(ApiTenant.BASE + "/hooks/saved?async=true");

        assertProblem(naming, ProblemCode.FORBIDDEN);
    }

    @Test
    void the_commands_of_the_page_do_what_it_says() throws IOException {
        tenant.enable(PluginText.named("guardian").hook("story_saved", "after", 1, "closed"), Guests.aborting());
        List<MatchResult> commands = COMMAND.matcher(Files.readString(Path.of("docs", "events.md")))
                .results()
                .toList();
        String id = "";

        for (MatchResult command : commands) {
            Response answer = run(command, id);
            assertThat(answer.statusCode()).as(command.group()).isBetween(200, 204);
            if (id.isEmpty()) {
                id = answer.path("event_id");
                workOff();
            }
        }

        assertThat(commands).hasSize(6);
        assertThat(audited()).containsSubsequence("event.delete", "event.redrive");
        list("").then().body("events", equalTo(List.of()));
    }

    private Response run(MatchResult command, String id) {
        RequestSpecification request = tenant.admin();
        if (command.group("body") != null) {
            request = request.contentType(ContentType.JSON).body(command.group("body"));
        }
        String usual = command.group("body") == null ? "GET" : "POST";
        String method = command.group("method") == null ? usual : command.group("method");
        return request.request(method, command.group("path").replace("$ID", id));
    }

    private EventHand hand() {
        return new EventHand(queue, dispatcher, catalog);
    }

    private void workOff() {
        hand().workOff(tenant.id());
    }

    private Response later(String hook, String body) {
        return trigger(hook + "?async=true", body);
    }

    private Response trigger(String hook, String body) {
        return tenant.as(Role.CALLER).contentType(ContentType.JSON).body(body).post(ApiTenant.BASE + "/hooks/" + hook);
    }

    private Response list(String query) {
        return tenant.as(Role.VIEWER).get(QUEUE + query);
    }

    private Response redrive(String body) {
        return operator().contentType(ContentType.JSON).body(body).post(QUEUE + "/redrive");
    }

    private RequestSpecification operator() {
        return tenant.as(Role.OPERATOR);
    }

    private void status(int queued, int working, int dead) {
        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/status")
                .then()
                .statusCode(200)
                .body("queue.queued", equalTo(queued))
                .body("queue.working", equalTo(working))
                .body("queue.dead", equalTo(dead));
    }

    private List<String> audited() {
        return tenant.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit").path("entries.action");
    }

    private List<String> marks() {
        return operator().get(ApiTenant.BASE + "/recorder/data").path("keys");
    }

    private void enable(PluginText plugin, String wat, String permission) {
        tenant.upload(plugin.with("permissions", List.of(permission)).toString(), Wat.assemble(wat))
                .then()
                .statusCode(201);
        String path = ApiTenant.BASE + "/" + plugin.id() + "/enable";
        String grants = "\"grants\": [\"" + permission + "\"]";
        String consent = operator()
                .contentType(ContentType.JSON)
                .body("{" + grants + "}")
                .post(path)
                .path("consent");
        operator()
                .contentType(ContentType.JSON)
                .body("{" + grants + (consent == null ? "" : ", \"consent\": \"" + consent + "\"") + "}")
                .post(path)
                .then()
                .statusCode(200);
    }
}
