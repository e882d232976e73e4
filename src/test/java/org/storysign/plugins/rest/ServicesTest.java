package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** Users, content, notifications and users' data over HTTP, with plugins that use them. */
@ServiceTest
class ServicesTest {

    private static final String USERS = ApiTenant.BASE + "/users/";
    private static final String CONTENT = ApiTenant.BASE + "/store/content/";
    private static final String NOTIFICATIONS = ApiTenant.BASE + "/notifications";
    private static final List<String> FUNCTIONS = List.of(
            "storage_set",
            "user_get",
            "user_progress",
            "user_update_preferences",
            "content_list",
            "content_search",
            "content_create",
            "analytics_log_event",
            "analytics_user",
            "notify_send",
            "notify_toast");
    private static final List<String> PERMISSIONS = List.of("read:user_data", "write:user_data", "modify:ui");

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_plugin_reads_what_the_product_told_and_what_it_changes_the_product_reads() {
        Response told = product("{\"profile\": {\"name\": \"Anna\"}, \"progress\": {\"asl-world\": {\"level\": 3}}}")
                .header("If-None-Match", "*")
                .put(USERS + "anna");
        assertThat(told.statusCode()).isEqualTo(201);
        assertThat(told.header("ETag")).isEqualTo("\"1\"");
        enable("helper");

        assertThat(call("helper", "user_get", "anna", "{}"))
                .isEqualTo("{\"ok\":{\"user_id\":\"anna\",\"profile\":{\"name\":\"Anna\"},\"preferences\":{},"
                        + "\"revision\":1}}");
        assertThat(call("helper", "user_progress", "anna", "{}")).contains("{\"asl-world\":{\"level\":3}}");
        assertThat(call("helper", "user_update_preferences", "anna", "{\"preferences\":{\"theme\":\"dark\"}}"))
                .contains("\"revision\":2");

        Response read = product().get(USERS + "anna");
        assertThat(read.<String>path("preferences.theme")).isEqualTo("dark");
        assertThat(read.header("ETag")).isEqualTo("\"2\"");
        assertProblem(
                product("{\"progress\": {}}").header("If-Match", "\"1\"").put(USERS + "anna"),
                ProblemCode.PRECONDITION_FAILED);
        product("{\"progress\": {}}")
                .header("If-Match", "\"2\"")
                .put(USERS + "anna")
                .then()
                .statusCode(204);
        assertThat(product().get(USERS + "anna").<String>path("preferences.theme"))
                .isEqualTo("dark");
    }

    @Test
    void bad_users_are_refused_and_unknown_ones_not_found() {
        assertProblem(product("{\"profile\": []}").put(USERS + "anna"), ProblemCode.REQUEST_INVALID);
        assertProblem(product("{\"name\": \"Anna\"}").put(USERS + "anna"), ProblemCode.REQUEST_INVALID);
        assertProblem(
                product("{\"profile\": {\"x\": \"" + "x".repeat(65_536) + "\"}}")
                        .put(USERS + "anna"),
                ProblemCode.REQUEST_INVALID);
        assertProblem(product("{}").put(USERS + "x".repeat(201)), ProblemCode.REQUEST_INVALID);
        assertProblem(product().get(USERS + "anna"), ProblemCode.NOT_FOUND);
    }

    @Test
    void a_key_that_may_name_no_users_reaches_none() {
        String key = tenant.makeKey(Map.of("name", "narrow", "roles", List.of("caller"), "users", "as-token"));

        for (String path : List.of(USERS + "anna", CONTENT + "c", NOTIFICATIONS + "?user_id=anna")) {
            assertProblem(ApiTenant.anonymous().header("X-API-Key", key).get(path), ProblemCode.FORBIDDEN);
        }
    }

    @Test
    void content_of_the_product_is_found_by_plugins() {
        product("{\"kind\":\"story\",\"language\":\"en\",\"title\":\"The fox\",\"text\":\"Foxes were running\"}")
                .put(CONTENT + "fox")
                .then()
                .statusCode(201);
        product("{\"kind\":\"story\",\"title\":\"Ben's\",\"text\":\"A running joke\",\"user_id\":\"ben\"}")
                .put(CONTENT + "bens")
                .then()
                .statusCode(201);
        enable("helper");

        assertThat(call("helper", "content_search", "anna", "{\"query\":\"run\",\"language\":\"en\"}"))
                .contains("\"id\":\"fox\"")
                .doesNotContain("bens");
        assertThat(call("helper", "content_list", "ben", "{}")).contains("\"id\":\"fox\"", "\"id\":\"bens\"");
        assertThat(call("helper", "content_create", "anna", "{\"kind\":\"note\",\"title\":\"T\",\"text\":\"x\"}"))
                .contains("\"ok\"");
        assertThat(call("helper", "content_list", "ben", "{\"kind\":\"note\"}")).contains("\"items\":[]");

        product("{\"kind\":\"story\",\"title\":\"The wolf\",\"text\":\"x\"}")
                .header("If-Match", "\"1\"")
                .put(CONTENT + "fox")
                .then()
                .statusCode(204);
        assertThat(product().get(CONTENT + "fox").<String>path("title")).isEqualTo("The wolf");
        assertProblem(product().header("If-Match", "\"1\"").delete(CONTENT + "fox"), ProblemCode.PRECONDITION_FAILED);
        product().delete(CONTENT + "fox").then().statusCode(204);
        assertProblem(product().delete(CONTENT + "fox"), ProblemCode.NOT_FOUND);
        assertProblem(product().get(CONTENT + "a%20b"), ProblemCode.REQUEST_INVALID);
        assertProblem(product("{\"kind\":\"story\"}").put(CONTENT + "c"), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void notifications_are_listed_by_pages_and_read() {
        enable("helper");
        for (int index = 1; index <= 3; index++) {
            call("helper", "notify_send", "anna", "{\"title\":\"n" + index + "\",\"link\":\"/n\"}");
        }
        call("helper", "notify_toast", "anna", "{\"text\":\"brief\",\"level\":\"warning\"}");

        Response first = product().get(NOTIFICATIONS + "?user_id=anna&limit=3");
        assertThat(first.<List<String>>path("notifications.title")).containsExactly("brief", "n3", "n2");
        assertThat(first.<List<String>>path("notifications.kind")).containsExactly("toast", "notice", "notice");
        assertThat(first.<String>path("notifications[0].plugin_id")).isEqualTo("helper");
        Response second = product().get(NOTIFICATIONS + "?user_id=anna&limit=3&cursor=" + first.path("next_cursor"));
        assertThat(second.<List<String>>path("notifications.title")).containsExactly("n1");
        assertThat(second.<String>path("next_cursor")).isNull();

        String id = second.path("notifications[0].id");
        assertProblem(product().post(NOTIFICATIONS + "/" + id + "/read?user_id=ben"), ProblemCode.NOT_FOUND);
        assertProblem(product().post(NOTIFICATIONS + "/x/read?user_id=anna"), ProblemCode.NOT_FOUND);
        assertProblem(product().get(NOTIFICATIONS), ProblemCode.REQUEST_INVALID);
        for (int time = 0; time < 2; time++) {
            product()
                    .post(NOTIFICATIONS + "/" + id + "/read?user_id=anna")
                    .then()
                    .statusCode(204);
        }
        assertThat(product().get(NOTIFICATIONS + "?user_id=anna&unread=true").<List<String>>path("notifications.title"))
                .containsExactly("brief", "n3", "n2");
        assertThat(new ApiTenant()
                        .as(Role.CALLER)
                        .get(NOTIFICATIONS + "?user_id=anna")
                        .<List<String>>path("notifications"))
                .as("another tenant's anna")
                .isEmpty();
    }

    @Test
    void of_which_users_a_plugin_may_speak_depends_on_the_key_that_calls_it() {
        product("{\"profile\": {\"name\": \"Ben\"}}").put(USERS + "ben").then().statusCode(201);
        enable("helper");
        String narrow = tenant.makeKey(Map.of("name", "narrow", "roles", List.of("operator"), "users", "as-token"));

        assertThat(call("helper", "user_get", "anna", "{\"user_id\":\"ben\"}")).contains("Ben");
        assertThat(ApiTenant.anonymous()
                        .header("X-API-Key", narrow)
                        .contentType("application/octet-stream")
                        .body("{\"user_id\":\"ben\"}".getBytes(StandardCharsets.UTF_8))
                        .post(ApiTenant.BASE + "/helper/call/user_get")
                        .asString())
                .startsWith("{\"error\":{\"code\":\"permission-denied\"");
    }

    @Test
    void of_which_users_a_handler_may_speak_depends_on_the_key_that_triggers_the_hook() {
        PluginText plugin =
                PluginText.named("teller").hook("lesson_done", "after").with("permissions", List.of("modify:ui"));
        enable(plugin, Guests.calling("notify_send", "{\"title\":\"For Ben\",\"user_id\":\"ben\"}"));
        String narrow = tenant.makeKey(Map.of("name", "narrow", "roles", List.of("caller"), "users", "as-token"));

        trigger(ApiTenant.anonymous().header("X-API-Key", narrow));
        assertThat(titles("ben")).isEmpty();
        trigger(product());
        assertThat(titles("ben")).containsExactly("For Ben");
    }

    @Test
    void what_a_plugin_logged_and_told_goes_with_it() {
        enable("helper");
        call("helper", "analytics_log_event", "anna", "{\"name\":\"secret\"}");
        call("helper", "notify_send", "anna", "{\"title\":\"old\"}");
        tenant.admin().post(ApiTenant.BASE + "/helper/disable").then().statusCode(200);
        tenant.admin().delete(ApiTenant.BASE + "/helper").then().statusCode(204);

        enable("helper");

        assertThat(call("helper", "analytics_user", "anna", "{}"))
                .isEqualTo("{\"ok\":{\"events\":[],\"cursor\":null}}");
        assertThat(titles("anna")).isEmpty();
    }

    private static void trigger(RequestSpecification client) {
        Response answer = client.contentType(ContentType.JSON)
                .body("{\"type\": \"after\"}")
                .post(ApiTenant.BASE + "/hooks/lesson_done");
        assertThat(answer.<String>path("executions[0].status")).isEqualTo("completed");
    }

    private List<String> titles(String user) {
        return product().get(NOTIFICATIONS + "?user_id=" + user).path("notifications.title");
    }

    @Test
    void all_that_is_kept_about_a_user_is_exported_and_erased_and_nothing_of_anybody_else() {
        ApiTenant other = new ApiTenant();
        enable("helper");
        enable("second");
        for (String user : List.of("anna", "ben")) {
            product("{\"profile\": {\"name\": \"" + user + "\"}}").put(USERS + user);
            for (String plugin : List.of("helper", "second")) {
                call(plugin, "storage_set", user, "{\"key\":\"k\",\"value\":\"" + user + "\",\"user\":true}");
                call(plugin, "analytics_log_event", user, "{\"name\":\"e\",\"properties\":{\"by\":\"" + user + "\"}}");
                call(plugin, "notify_send", user, "{\"title\":\"for " + user + "\"}");
                call(plugin, "content_create", user, "{\"kind\":\"k\",\"title\":\"T\",\"text\":\"by " + user + "\"}");
            }
        }

        List<String> exported = export("anna");
        assertThat(exported.stream()
                        .collect(Collectors.groupingBy(part -> part.split(" ", 2)[0], Collectors.counting())))
                .isEqualTo(Map.of("user", 1L, "data", 2L, "analytics", 2L, "notification", 2L, "content", 2L));
        assertThat(exported).noneMatch(part -> part.contains("ben")).anyMatch(part -> part.contains("plugin=second"));
        List<String> bens = export("ben");

        Response erased = tenant.admin().delete(USERS + "anna/data");
        assertThat(erased.<Map<String, Integer>>path(""))
                .isEqualTo(Map.of("users", 1, "keys", 2, "items", 2, "events", 2, "notifications", 2));
        assertThat(export("anna")).isEmpty();
        assertThat(export("ben")).isEqualTo(bens);
        assertThat(tenant.admin()
                        .delete(USERS + "anna/data")
                        .<Map<String, Integer>>path("")
                        .values())
                .containsOnly(0);
        assertThat(tenant.as(Role.AUDITOR)
                        .get(ApiTenant.BASE + "/audit?limit=100")
                        .<List<String>>path("entries.action"))
                .contains("user-data.export", "user-data.erase");
        assertThat(other.admin().get(USERS + "ben/data").<List<String>>path("documents"))
                .isEmpty();
        assertThat(call("helper", "storage_set", "anna", "{\"key\":\"k\",\"value\":1,\"user\":true}"))
                .contains("\"created\":true");
    }

    /** Every document, as its part and what it says, over all pages. */
    private List<String> export(String user) {
        List<String> documents = new ArrayList<>();
        String next = "";
        do {
            Response page = tenant.admin().get(USERS + user + "/data?limit=4" + next);
            assertThat(page.statusCode()).isEqualTo(200);
            page.<List<Map<String, Object>>>path("documents")
                    .forEach(each -> documents.add(each.get("part") + " " + each.get("document")));
            String cursor = page.path("next_cursor");
            next = cursor == null ? "" : "&cursor=" + cursor;
        } while (!next.isEmpty());
        return documents;
    }

    private RequestSpecification product() {
        return tenant.as(Role.CALLER);
    }

    private RequestSpecification product(String json) {
        return product().contentType(ContentType.JSON).body(json);
    }

    private String call(String plugin, String function, String user, String input) {
        return tenant.admin()
                .contentType("application/octet-stream")
                .body(input.getBytes(StandardCharsets.UTF_8))
                .post(ApiTenant.BASE + "/" + plugin + "/call/" + function + "?user_id=" + user)
                .asString();
    }

    /** A plugin with an export for each function, which hands its input on. */
    private void enable(String id) {
        enable(PluginText.named(id).with("permissions", PERMISSIONS), forwarding());
    }

    private void enable(PluginText plugin, String wat) {
        tenant.upload(plugin.toString(), Wat.assemble(wat)).then().statusCode(201);
        String grants = plugin.toString().contains("read:user_data")
                ? "[\"read:user_data\",\"write:user_data\",\"modify:ui\"]"
                : "[\"modify:ui\"]";
        String path = ApiTenant.BASE + "/" + plugin.id() + "/enable";
        String consent = tenant.admin()
                .contentType(ContentType.JSON)
                .body("{\"grants\": " + grants + "}")
                .post(path)
                .path("consent");
        tenant.admin()
                .contentType(ContentType.JSON)
                .body("{\"grants\": " + grants + ", \"consent\": \"" + consent + "\"}")
                .post(path)
                .then()
                .statusCode(200);
    }

    private static String forwarding() {
        String imports = FUNCTIONS.stream()
                .map(name ->
                        "(import \"extism:host/user\" \"%1$s\" (func $%1$s (param i64) (result i64)))".formatted(name))
                .collect(Collectors.joining("\n"));
        String exports = FUNCTIONS.stream().map(name -> """
                        (func (export "%1$s") (result i32)
                          (local $answer i64)
                          (local.set $answer (call $%1$s (call $input)))
                          (call $output (local.get $answer) (call $length (local.get $answer)))
                          (i32.const 0))""".formatted(name)).collect(Collectors.joining("\n"));
        return """
                (module
                  (import "extism:host/env" "input_offset" (func $input (result i64)))
                  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
                  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                  %s
                  (memory (export "memory") 1)
                  %s)""".formatted(imports, exports);
    }
}
