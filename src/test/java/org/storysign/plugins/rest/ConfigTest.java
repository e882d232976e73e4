package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** A plugin's configuration over HTTP: valid by its schema, changed by those who know what they change. */
@ServiceTest
class ConfigTest {

    private static final String PATH = ApiTenant.BASE + "/configured/config";
    private static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "additionalProperties",
            false,
            "properties",
            Map.of(
                    "words",
                    Map.of("type", "array", "items", Map.of("type", "string")),
                    "token",
                    Map.of("type", "string", "writeOnly", true)));

    private final ApiTenant tenant = new ApiTenant();

    @BeforeEach
    void a_plugin_with_a_schema_is_installed() {
        tenant.upload(
                        PluginText.named("configured")
                                .with("config_schema", SCHEMA)
                                .toString(),
                        Wat.assemble(Guests.silent()))
                .then()
                .statusCode(201);
    }

    @Test
    void a_configuration_is_replaced_by_who_names_its_revision() {
        Response before = tenant.as(Role.OPERATOR).get(PATH);

        Response changed = put(before.header("ETag"), "{\"words\": [\"darn\"]}");

        changed.then().statusCode(200).body("words", equalTo(List.of("darn")));
        assertThat(changed.header("ETag")).isNotEqualTo(before.header("ETag"));
        tenant.as(Role.OPERATOR)
                .get(PATH)
                .then()
                .body("words", equalTo(List.of("darn")))
                .header("ETag", changed.header("ETag"));
        assertProblem(put(before.header("ETag"), "{}"), ProblemCode.PRECONDITION_FAILED);
    }

    @Test
    void a_change_without_a_revision_is_not_made() {
        assertProblem(put(null, "{\"words\": []}"), ProblemCode.PRECONDITION_REQUIRED);
        assertProblem(put("*", "{\"words\": []}"), ProblemCode.REQUEST_INVALID);

        tenant.as(Role.OPERATOR).get(PATH).then().body("words", equalTo(null));
    }

    @Test
    void a_configuration_that_does_not_fit_the_schema_is_refused_with_every_place() {
        String etag = tenant.as(Role.OPERATOR).get(PATH).header("ETag");

        Response refused = put(etag, "{\"words\": [1], \"surprise\": true}");

        assertProblem(refused, ProblemCode.CONFIG_INVALID);
        assertThat(refused.<List<String>>path("errors.pointer")).contains("/words/0");
        tenant.as(Role.OPERATOR).get(PATH).then().header("ETag", etag);
    }

    @Test
    void a_secret_is_shown_to_nobody_and_lies_in_the_database_encrypted() throws SQLException {
        String etag = tenant.as(Role.OPERATOR).get(PATH).header("ETag");

        Response changed = put(etag, "{\"words\": [\"a\"], \"token\": \"canary-of-config-test\"}");

        changed.then().statusCode(200);
        assertThat(changed.asString()).isEqualTo("{\"words\":[\"a\"]}");
        assertThat(tenant.as(Role.OPERATOR).get(PATH).asString()).isEqualTo("{\"words\":[\"a\"]}");
        Response plugin = tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/configured");
        plugin.then().body("config_secrets", equalTo(List.of("/token")));
        assertThat(plugin.asString()).doesNotContain("canary");
        assertThat(stored()).contains("\"/token\":\"v1.first.").doesNotContain("canary");
    }

    @Test
    void a_dry_run_checks_and_changes_nothing() {
        String etag = tenant.as(Role.OPERATOR).get(PATH).header("ETag");
        var request = tenant.as(Role.OPERATOR).contentType(ContentType.JSON).header("If-Match", etag);

        request.body("{\"words\": [\"x\"]}")
                .put(PATH + "?dry_run=true")
                .then()
                .statusCode(200)
                .body("words", equalTo(List.of("x")));
        assertProblem(request.body("{\"words\": [1]}").put(PATH + "?dry_run=true"), ProblemCode.CONFIG_INVALID);

        tenant.as(Role.OPERATOR).get(PATH).then().header("ETag", etag).body("words", equalTo(null));
    }

    private String stored() throws SQLException {
        try (Connection connection = TestDatabase.asSuperuser();
                PreparedStatement query =
                        connection.prepareStatement("SELECT plugin::text FROM plugin WHERE tenant = ?")) {
            query.setString(1, tenant.id().value());
            ResultSet row = query.executeQuery();
            row.next();
            return row.getString(1).replace("\"\"", "\"");
        }
    }

    @Test
    void of_twenty_changes_that_name_the_same_revision_one_is_made() throws InterruptedException {
        String etag = tenant.as(Role.OPERATOR).get(PATH).header("ETag");
        List<Integer> statuses = java.util.stream.IntStream.range(0, 20)
                .parallel()
                .mapToObj(number ->
                        put(etag, "{\"words\": [\"w" + number + "\"]}").statusCode())
                .toList();

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 412).hasSize(19);
    }

    private Response put(@Nullable String ifMatch, String config) {
        var request = tenant.as(Role.OPERATOR).contentType(ContentType.JSON).body(config);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put(PATH);
    }
}
