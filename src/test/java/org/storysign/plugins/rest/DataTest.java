package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** A plugin's data over HTTP. */
@ServiceTest
class DataTest {

    private static final String DATA = ApiTenant.BASE + "/keeper/data";

    private final ApiTenant tenant = new ApiTenant();

    @BeforeEach
    void a_plugin_is_installed() {
        tenant.upload(PluginText.named("keeper").toString(), Wat.assemble(Guests.silent()))
                .then()
                .statusCode(201);
    }

    @Test
    void a_value_is_written_read_replaced_and_deleted() {
        Response created = json("{\"score\": 1.50}").put(DATA + "/progress/today");
        assertThat(created.statusCode()).isEqualTo(201);

        Response read = operator().get(DATA + "/progress/today");
        assertThat(read.asString()).isEqualTo("{\"score\":1.50}");
        assertThat(read.contentType()).startsWith("application/json");
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        operator()
                .header("If-None-Match", read.header("ETag"))
                .get(DATA + "/progress/today")
                .then()
                .statusCode(304);

        json("null").put(DATA + "/progress/today").then().statusCode(204);
        assertThat(operator().get(DATA + "/progress/today").asString()).isEqualTo("null");

        operator().delete(DATA + "/progress/today").then().statusCode(204);
        assertProblem(operator().get(DATA + "/progress/today"), ProblemCode.DATA_NOT_FOUND);
        assertProblem(operator().delete(DATA + "/progress/today"), ProblemCode.DATA_NOT_FOUND);
    }

    @Test
    void a_write_can_ask_to_create_only_or_to_replace_one_revision_only() {
        String etag = json("1").header("If-None-Match", "*").put(DATA + "/k").header("ETag");

        assertProblem(json("2").header("If-None-Match", "*").put(DATA + "/k"), ProblemCode.PRECONDITION_FAILED);
        Response replaced = json("2").header("If-Match", etag).put(DATA + "/k");
        assertThat(replaced.statusCode()).isEqualTo(204);
        assertProblem(json("3").header("If-Match", etag).put(DATA + "/k"), ProblemCode.PRECONDITION_FAILED);
        assertProblem(operator().header("If-Match", etag).delete(DATA + "/k"), ProblemCode.PRECONDITION_FAILED);
        assertProblem(json("3").header("If-Match", "\"1\"").put(DATA + "/absent"), ProblemCode.PRECONDITION_FAILED);
        assertThat(operator().get(DATA + "/k").asString()).isEqualTo("2");
    }

    @Test
    void keys_are_listed_by_prefix_a_page_at_a_time() {
        for (String key : List.of("b/2", "a/1", "b/1", "b/3", "c")) {
            json("0").put(DATA + "/" + key).then().statusCode(201);
        }

        Response first = operator().get(DATA + "?prefix=b/&limit=2");

        assertThat(first.<List<String>>path("keys")).containsExactly("b/1", "b/2");
        String next = first.header("Link");
        assertThat(operator().get(next.substring(1, next.indexOf('>'))).<List<String>>path("keys"))
                .containsExactly("b/3");
        assertThat(operator().get(DATA).<List<String>>path("keys")).containsExactly("a/1", "b/1", "b/2", "b/3", "c");
    }

    @Test
    void a_users_keys_and_the_plugins_own_are_apart() {
        json("\"own\"").put(DATA + "/k").then().statusCode(201);
        json("\"ada's\"").put(DATA + "/k?user_id=ada").then().statusCode(201);

        assertThat(operator().get(DATA + "/k").asString()).isEqualTo("\"own\"");
        assertThat(operator().get(DATA + "/k?user_id=ada").asString()).isEqualTo("\"ada's\"");
        assertProblem(operator().get(DATA + "/k?user_id=bob"), ProblemCode.DATA_NOT_FOUND);
        operator().delete(DATA + "/k?user_id=ada").then().statusCode(204);
        assertThat(operator().get(DATA + "/k").asString()).isEqualTo("\"own\"");
    }

    @Test
    void a_key_that_may_not_name_users_reads_no_users_data() {
        String key = tenant.makeKey(Map.of("name", "ops", "roles", List.of("operator")));

        assertProblem(
                ApiTenant.anonymous().header("X-API-Key", key).get(DATA + "/k?user_id=ada"), ProblemCode.FORBIDDEN);
    }

    @Test
    void every_change_is_in_the_audit_trail_without_the_value_and_a_refused_one_is_not() {
        json("\"a secret value\"").put(DATA + "/k").then().statusCode(201);
        json("1").header("If-None-Match", "*").put(DATA + "/k").then().statusCode(412);
        operator().delete(DATA + "/k").then().statusCode(204);
        operator().delete(DATA + "/k").then().statusCode(404);

        Response trail = tenant.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit");

        assertThat(trail.<List<String>>path("entries.action").stream().filter(action -> action.startsWith("data.")))
                .containsExactly("data.delete", "data.write");
        trail.then().body("entries.find { it.action == 'data.write' }.facts.key", equalTo("k"));
        assertThat(trail.asString()).doesNotContain("a secret value");
    }

    @Test
    void what_cannot_be_a_key_or_a_value_is_refused() {
        assertProblem(json("1").put(DATA + "/" + "k".repeat(513)), ProblemCode.DATA_INVALID);
        json("1").put(DATA + "/" + "k".repeat(512)).then().statusCode(201);
        assertProblem(json("1").put(DATA + "/a%00b"), ProblemCode.DATA_INVALID);
        assertProblem(json("not json").put(DATA + "/k"), ProblemCode.REQUEST_INVALID);
        assertProblem(
                operator().contentType("text/plain").body("1").put(DATA + "/k"), ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        assertProblem(json("\"" + "v".repeat(1_100_000) + "\"").put(DATA + "/k"), ProblemCode.REQUEST_TOO_LARGE);
    }

    @Test
    void data_of_a_plugin_that_is_not_there_is_not_there() {
        assertProblem(json("1").put(ApiTenant.BASE + "/nobody/data/k"), ProblemCode.PLUGIN_NOT_FOUND);
        assertProblem(operator().get(ApiTenant.BASE + "/nobody/data"), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void data_goes_with_its_plugin_unless_it_shall_be_kept() {
        json("1").put(DATA + "/k").then().statusCode(201);
        tenant.admin().delete(ApiTenant.BASE + "/keeper?keep_data=true").then().statusCode(204);
        a_plugin_is_installed();
        assertThat(operator().get(DATA + "/k").asString()).isEqualTo("1");

        tenant.admin().delete(ApiTenant.BASE + "/keeper").then().statusCode(204);
        a_plugin_is_installed();
        assertProblem(operator().get(DATA + "/k"), ProblemCode.DATA_NOT_FOUND);
    }

    private RequestSpecification operator() {
        return tenant.as(Role.OPERATOR);
    }

    private RequestSpecification json(String value) {
        return operator().contentType(ContentType.JSON).body(value);
    }
}
