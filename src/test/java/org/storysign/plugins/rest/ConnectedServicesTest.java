package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.platform.connect.TestProduct;
import org.storysign.plugins.problem.ProblemCode;

/** The running service, connected to a product that keeps users, content and notifications itself; analytics stay in PostgreSQL. */
@ServiceTest
@WithTestResource(value = TestProduct.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class ConnectedServicesTest {

    private static final List<String> PERMISSIONS = List.of("read:user_data", "write:user_data", "modify:ui");

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void the_product_is_told_for_whom_it_is_asked_by_the_call_alone() {
        String wants =
                "{\"ok\":{\"user_id\":\"%2$s\",\"profile\":{\"tenant\":\"%1$s\",\"plugin\":\"user-get\",\"user\":\"%2$s\"},"
                        + "\"preferences\":{},\"revision\":1}}";
        enable("user_get");

        assertThat(ask("user_get", "anna", "{}")).isEqualTo(wants.formatted(tenant.id(), "anna"));
        assertThat(ask("user_get", "gr%C3%B6%C3%9Fe%20%2F..", "{}")).contains("\"user\":\"größe /..\"");
        for (String member : List.of("tenant", "plugin", "Plugins-Tenant", "plugins-user")) {
            assertThat(ask("user_get", "anna", "{\"" + member + "\":\"other\"}"))
                    .contains("data-invalid");
        }
        assertThat(ask("user_get", "anna", "{\"user_id\":\"ben\"}"))
                .as("the administrator's key may name any user")
                .isEqualTo(wants.formatted(tenant.id(), "ben"));
    }

    @Test
    void a_key_that_may_name_no_users_opens_none_of_the_products() {
        enable("user_get");
        String narrow = tenant.makeKey(Map.of("name", "narrow", "roles", List.of("operator"), "users", "as-token"));

        Response answer =
                post(ApiTenant.anonymous().header("X-API-Key", narrow), "user_get", "", "{\"user_id\":\"ben\"}");

        assertThat(answer.asString()).startsWith("{\"error\":{\"code\":\"permission-denied\"");
    }

    @Test
    void what_plugins_write_reaches_the_product_and_what_is_not_connected_stays_here() {
        for (String function : List.of("content_create", "content_search", "notify_send", "analytics_log_event")) {
            enable(function);
        }

        assertThat(ask("content_create", "anna", "{\"kind\":\"story\",\"title\":\"The fox\",\"text\":\"runs\"}"))
                .contains("\"revision\":1");
        assertThat(ask("content_search", "anna", "{\"query\":\"fox\"}")).contains("\"plugin_id\":\"content-create\"");
        assertThat(ask("content_search", "ben", "{\"query\":\"fox\"}")).contains("\"items\":[]");
        assertThat(ask("notify_send", "anna", "{\"title\":\"Hello\"}")).matches("\\{\"ok\":\\{\"id\":\"[0-9]+\"}}");
        assertThat(ask("analytics_log_event", "anna", "{\"name\":\"e\"}")).isEqualTo("{\"ok\":{\"logged\":true}}");

        assertThat(tenant.admin().get(ApiTenant.BASE + "/users/anna/data").<List<String>>path("documents.part"))
                .containsExactly("analytics");
        assertThat(tenant.admin().delete(ApiTenant.BASE + "/users/anna/data").<Map<String, Integer>>path(""))
                .isEqualTo(Map.of("users", 0, "keys", 0, "items", 0, "events", 1, "notifications", 0));
    }

    @Test
    void in_a_dry_run_the_product_is_read_and_nothing_is_sent_to_it() {
        PluginText plugin =
                PluginText.named("teller").hook("lesson_done", "filter").with("permissions", PERMISSIONS);
        tenant.upload(
                        plugin.toString(),
                        Wat.assemble(
                                Guests.asking("content_create", "{\"kind\":\"k\",\"title\":\"Dry\",\"text\":\"x\"}")))
                .then()
                .statusCode(201);
        tenant.enableAgreeing("teller", PERMISSIONS);
        enable("content_list");

        tenant.admin()
                .contentType(ContentType.JSON)
                .body("{\"type\": \"filter\", \"user_id\": \"anna\"}")
                .post(ApiTenant.BASE + "/hooks/lesson_done?dry_run=true")
                .then()
                .statusCode(200);

        assertThat(ask("content_list", "anna", "{\"kind\":\"k\"}")).contains("\"items\":[]");
    }

    @Test
    void what_the_product_keeps_cannot_be_written_here_by_mistake() {
        RequestSpecification product = tenant.as(Role.CALLER);

        for (Response refused : List.of(
                product.get(ApiTenant.BASE + "/users/anna"),
                tenant.as(Role.CALLER).contentType(ContentType.JSON).body("{}").put(ApiTenant.BASE + "/users/anna"),
                tenant.as(Role.CALLER).get(ApiTenant.BASE + "/store/content/fox"),
                tenant.as(Role.CALLER)
                        .contentType(ContentType.JSON)
                        .body("{\"kind\":\"story\",\"title\":\"T\",\"text\":\"x\"}")
                        .put(ApiTenant.BASE + "/store/content/fox"),
                tenant.as(Role.CALLER).delete(ApiTenant.BASE + "/store/content/fox"),
                tenant.as(Role.CALLER).get(ApiTenant.BASE + "/notifications?user_id=anna"),
                tenant.as(Role.CALLER).post(ApiTenant.BASE + "/notifications/1/read?user_id=anna"))) {
            assertProblem(refused, ProblemCode.KEPT_ELSEWHERE);
            assertThat(refused.<String>path("detail"))
                    .contains("storysign.services.")
                    .doesNotContain("http:");
        }
    }

    @Test
    void the_status_says_whether_the_products_services_answer() {
        List<Map<String, String>> components =
                tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/status").path("components");

        assertThat(components)
                .contains(
                        Map.of("name", "product-users", "status", "up"),
                        Map.of("name", "product-content", "status", "up"),
                        Map.of("name", "product-notifications", "status", "up"))
                .noneMatch(component -> "product-analytics".equals(component.get("name")));
    }

    /** A plugin named as the function, which hands its input on to it. */
    private void enable(String function) {
        PluginText plugin = PluginText.named(id(function)).with("permissions", PERMISSIONS);
        tenant.upload(plugin.toString(), Wat.assemble(Guests.handingOver(function, 1)))
                .then()
                .statusCode(201);
        tenant.enableAgreeing(id(function), PERMISSIONS);
    }

    private String ask(String function, String user, String input) {
        return post(tenant.admin(), function, "?user_id=" + user, input).asString();
    }

    private static Response post(RequestSpecification client, String function, String query, String input) {
        return client.contentType("application/octet-stream")
                .body(input.getBytes(StandardCharsets.UTF_8))
                .post(ApiTenant.BASE + "/" + id(function) + "/call/run" + query);
    }

    private static String id(String function) {
        return function.replace('_', '-');
    }
}
