package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** What an operator sees before code runs, over the API and on PostgreSQL: consent, plan, dry runs, reports. */
@ServiceTest
class TrustTest {

    private static final String LEAKY = """
            (module
              (import "extism:host/user" "user_get" (func (param i64) (result i64)))
              (memory (export "memory") 1) (data (i32.const 0) "AKIAIOSFODNN7EXAMPLE https://evil.example/")
              (func (export "handle") (result i32) (i32.const 0)))
            """;

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void the_offer_is_the_same_in_the_install_the_plugin_and_the_problem_and_its_request_enables() {
        Response installed = tenant.upload(spy("1.0.0"), Wat.assemble(LEAKY));
        installed
                .then()
                .statusCode(201)
                .body("releases[0].offer.needed", equalTo(true))
                .body(
                        "releases[0].offer.changes.words",
                        hasItem("together: can read users' profiles, progress, content"
                                + " and analytics and send them to api.example.com"))
                .body("releases[0].offer.permissions[1].reason", equalTo("fetches signs"))
                .body("releases[0].offer.warnings.code", contains("dangerous-pair", "unused-permission"))
                .body("dependencies.issues", empty());
        Map<String, Object> offer = installed.path("releases[0].offer");
        Map<String, Object> request = installed.path("releases[0].offer.request");

        assertThat(tenant.admin().get(ApiTenant.BASE + "/spy").<Object>path("releases[0].offer"))
                .isEqualTo(offer);
        Response refused = enable("spy", Map.of("grants", request.get("grants")), "");
        assertProblem(refused, ProblemCode.CONSENT_REQUIRED);
        assertThat(refused.<Object>path("offer")).isEqualTo(offer);
        enable("spy", request, "").then().statusCode(200).body("releases[0].offer.needed", equalTo(false));
    }

    @Test
    void a_dry_run_tells_everything_and_changes_nothing() {
        byte[] module = Wat.assemble(LEAKY);
        tenant.admin()
                .multiPart("manifest", "manifest.json", spy("1.0.0").getBytes(StandardCharsets.UTF_8))
                .multiPart("module", "plugin.wasm", module)
                .post(ApiTenant.BASE + "/upload?dry_run=true")
                .then()
                .statusCode(200)
                .body("possible", equalTo(true))
                .body("offer.needed", equalTo(true))
                .body("dependencies.enable_first", empty());
        assertProblem(tenant.admin().get(ApiTenant.BASE + "/spy"), ProblemCode.PLUGIN_NOT_FOUND);

        tenant.upload(spy("1.0.0"), module).then().statusCode(201);
        Response dry = enable("spy", Map.of(), "?dry_run=true");
        dry.then()
                .statusCode(200)
                .body("possible", equalTo(false))
                .body("problems.code", contains("permission-not-granted"));
        tenant.admin()
                .get(ApiTenant.BASE + "/spy")
                .then()
                .body("state", equalTo("installed"))
                .body("revision", equalTo(1));
        assertProblem(enable("spy", Map.of(), "?dry_run=perhaps"), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void what_has_to_be_enabled_first_is_told_and_required_and_is_not_taken_away() {
        byte[] quiet = Wat.assemble(
                "(module (memory (export \"memory\") 1) (func (export \"handle\") (result i32)" + " (i32.const 0)))");
        tenant.upload(PluginText.named("words").version("1.3.0").toString(), quiet);
        tenant.upload(
                PluginText.named("menu")
                        .with("dependencies", Map.of("words", "^1.2.0"))
                        .toString(),
                quiet);
        tenant.upload(
                        PluginText.named("app")
                                .with("dependencies", Map.of("menu", "^1.0.0"))
                                .toString(),
                        quiet)
                .then()
                .statusCode(201)
                .body("dependencies.enable_first.plugin", contains("words", "menu"));

        Response early = enable("app", Map.of(), "");
        assertProblem(early, ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(early.<List<String>>path("dependencies.enable_first.plugin")).containsExactly("words", "menu");
        List.of("words", "menu", "app").forEach(tenant::enable);

        Response needed = tenant.admin().post(ApiTenant.BASE + "/words/disable");
        assertProblem(needed, ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(needed.<List<String>>path("dependencies")).containsExactly("app", "menu");
        assertProblem(tenant.admin().delete(ApiTenant.BASE + "/words"), ProblemCode.PLUGIN_STATE_CONFLICT);
    }

    @Test
    void a_report_tells_where_a_secret_is_and_never_the_secret_and_the_worst_are_listed_first() throws SQLException {
        tenant.upload(spy("1.0.0"), Wat.assemble(LEAKY)).then().statusCode(201);
        tenant.enable(
                PluginText.named("plain").hook("story", "filter"),
                "(module (memory (export \"memory\") 1)" + " (func (export \"handle\") (result i32) (i32.const 0)))");
        denied("plain");

        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/spy/security")
                .then()
                .statusCode(200)
                .body("module.secrets[0].kind", equalTo("AWS access key"))
                .body("module.secrets[0].shown", equalTo("AKIA…"))
                .body("module.hosts", contains("evil.example"))
                .body("reasons[0].code", equalTo("embedded-secrets"))
                .body(not(containsString("IOSFODNN7EXAMPLE")));
        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/plain/security")
                .then()
                .body("denials", hasSize(1))
                .body("denials[0].function", equalTo("storage_set"))
                .body("denials[0].count", equalTo(7))
                .body("score", equalTo(100 - 10 - 3));

        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/security/reports")
                .then()
                .statusCode(200)
                .body("reports.plugin", contains("plain", "spy"))
                .body("reports.score", contains(87, 62));
        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/security/reports?cursor="
                        + tenant.as(Role.VIEWER)
                                .get(ApiTenant.BASE + "/security/reports?limit=1")
                                .path("next_cursor"))
                .then()
                .body("reports.plugin", contains("spy"));
        assertProblem(
                tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/security/reports?order=best"),
                ProblemCode.REQUEST_INVALID);
        Response first = tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/security/reports?order=worst&limit=1");
        first.then().statusCode(200).body("reports.plugin", contains("spy"));
        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/security/reports?order=worst&limit=1&cursor=" + first.path("next_cursor"))
                .then()
                .body("reports.plugin", contains("plain"))
                .body("next_cursor", equalTo(null));
        assertProblem(
                tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/security/reports?cursor=nonsense"),
                ProblemCode.REQUEST_INVALID);
        assertProblem(tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/nobody/security"), ProblemCode.PLUGIN_NOT_FOUND);
    }

    /** As {@code DenialAudit} writes it. */
    private void denied(String plugin) throws SQLException {
        try (Connection database = TestDatabase.asSuperuser();
                PreparedStatement entry = database.prepareStatement(
                        "INSERT INTO audit_log (tenant, actor, action, subject, facts) VALUES (?, ?, 'platform.denied', ?, ?)")) {
            for (int count : new int[] {3, 4}) {
                entry.setString(1, tenant.id().value());
                entry.setString(2, "plugin:" + plugin);
                entry.setString(3, "plugin:" + plugin);
                entry.setString(
                        4,
                        "{\"function\": \"storage_set\", \"code\": \"permission-denied\", \"count\": " + count + "}");
                entry.executeUpdate();
            }
        }
    }

    private Response enable(String id, Map<String, ?> form, String query) {
        return tenant.admin()
                .contentType(ContentType.JSON)
                .body(form)
                .post(ApiTenant.BASE + "/" + id + "/enable" + query);
    }

    private static String spy(String version) {
        return PluginText.named("spy")
                .version(version)
                .with(
                        "permissions",
                        List.of(
                                "read:user_data",
                                Map.of(
                                        "name", "network:access",
                                        "hosts", List.of("api.example.com"),
                                        "reason", "fetches signs")))
                .toString();
    }
}
