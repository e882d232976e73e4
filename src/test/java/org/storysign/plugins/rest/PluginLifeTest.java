package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** The slice from end to end: a plugin is brought, turned on, changes an answer, is configured, turned off and removed. */
@ServiceTest
class PluginLifeTest {

    private static final Path EXAMPLE = Path.of("wasm-plugins", "profanity-filter");
    private static final String STORY = "{\"type\": \"filter\", \"result\": \"the cat sat on the moon\"}";

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void an_uploaded_plugin_changes_a_hooks_answer_until_it_is_turned_off() throws IOException {
        tenant.hook("story_generation", STORY)
                .then()
                .statusCode(200)
                .body("result", equalTo("the cat sat on the moon"));

        tenant.upload(exampleManifest(), exampleModule()).then().statusCode(201).body("state", equalTo("installed"));
        tenant.enable("profanity-filter");
        configure("{\"words\": [\"cat\"]}");
        Response filtered = tenant.hook("story_generation", STORY);

        filtered.then()
                .statusCode(200)
                .body("result", equalTo("the *** sat on the moon"))
                .body("handled_by", equalTo(List.of("profanity-filter")))
                .body("stopped", equalTo(null))
                .body("executions[0].plugin_id", equalTo("profanity-filter"))
                .body("executions[0].release", equalTo("1.0.0"))
                .body("executions[0].handler", equalTo("filter_story"))
                .body("executions[0].status", equalTo("completed"))
                .body("executions[0].changed[0].op", equalTo("replace"))
                .body("executions[0].changed[0].path", equalTo("/result"));
        assertThat(filtered.<Integer>path("executions[0].fuel_used")).isPositive();

        configure("{\"words\": [\"moon\"], \"mask\": \"#\"}");
        tenant.hook("story_generation", STORY).then().body("result", equalTo("the cat sat on the ####"));

        tenant.admin()
                .post(ApiTenant.BASE + "/profanity-filter/disable")
                .then()
                .statusCode(200)
                .body("state", equalTo("disabled"));
        tenant.hook("story_generation", STORY)
                .then()
                .body("result", equalTo("the cat sat on the moon"))
                .body("executions", equalTo(List.of()));

        tenant.admin().delete(ApiTenant.BASE + "/profanity-filter").then().statusCode(204);
        assertProblem(tenant.admin().get(ApiTenant.BASE + "/profanity-filter"), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void every_step_of_a_plugins_life_is_in_the_audit_trail_with_who_did_it() throws IOException {
        tenant.upload(exampleManifest(), exampleModule());
        tenant.enable("profanity-filter");
        configure("{\"words\": [\"cat\"]}");
        tenant.admin().post(ApiTenant.BASE + "/profanity-filter/disable");
        tenant.admin().delete(ApiTenant.BASE + "/profanity-filter");

        Response trail = tenant.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit");

        assertThat(trail.<List<String>>path("entries.action"))
                .containsSubsequence(
                        "plugin.uninstall", "plugin.disable", "config.change", "plugin.enable", "plugin.install");
        assertThat(trail.<List<String>>path("entries.actor")).contains("platform:admin-key");
        assertThat(trail.<List<String>>path("entries.hash"))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    @Test
    void the_same_content_again_is_no_news_and_other_content_under_a_version_is_refused() {
        byte[] silent = Wat.assemble(Guests.silent());
        String manifest = PluginText.named("twice").toString();

        tenant.upload(manifest, silent)
                .then()
                .statusCode(201)
                .header("Location", "/api/plugins/twice")
                .header("ETag", "\"1\"");
        tenant.upload(manifest, silent).then().statusCode(200).header("ETag", "\"1\"");
        assertProblem(tenant.upload(manifest, Wat.assemble(Guests.failing())), ProblemCode.VERSION_EXISTS);

        tenant.admin()
                .get(ApiTenant.BASE + "/twice")
                .then()
                .body("releases.size()", equalTo(1))
                .body("revision", equalTo(1));
    }

    @Test
    void a_package_in_json_is_the_same_package_as_a_form() {
        byte[] silent = Wat.assemble(Guests.silent());
        String manifest = PluginText.named("json-way").toString();

        install(manifest, silent).then().statusCode(201).body("id", equalTo("json-way"));

        tenant.upload(manifest, silent).then().statusCode(200);
    }

    @Test
    void a_plugin_that_asks_to_keep_its_instances_is_shown_to_once_that_was_agreed_to() {
        String manifest = PluginText.named("keeps")
                .with("sandbox_config", Map.of("instance", "pooled"))
                .toString();
        tenant.upload(manifest, Wat.assemble(Guests.silent()));

        Response refused = enable("keeps", "{\"grants\": []}");
        Response agreed = enable("keeps", "{\"grants\": [], \"consent\": \"" + refused.path("consent") + "\"}");

        assertProblem(refused, ProblemCode.CONSENT_REQUIRED);
        assertThat(refused.<List<String>>path("difference"))
                .containsExactly(
                        "keeps its memory between calls, so that what it learns of one user may reach another");
        agreed.then().statusCode(200).body("instances", equalTo("pooled"));
    }

    private Response enable(String id, String body) {
        return tenant.admin().contentType("application/json").body(body).post(ApiTenant.BASE + "/" + id + "/enable");
    }

    @Test
    void a_plugin_is_shown_with_manifest_releases_grants_and_limits_in_effect() {
        String manifest = PluginText.named("shown")
                .with("resource_limits", Map.of("memory_mib", 16, "fuel", 20_000_000, "execution_time_ms", 150))
                .hook("shown", "filter")
                .toString();
        tenant.upload(manifest, Wat.assemble(Guests.silent()));
        tenant.enable("shown");

        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/shown")
                .then()
                .statusCode(200)
                .body("state", equalTo("enabled"))
                .body("state_reason", equalTo(null))
                .body("manifest.hooks[0].name", equalTo("shown"))
                .body("active_release", equalTo("1.0.0"))
                .body("releases[0].module_digest.length()", equalTo(71))
                .body("grants.permissions", equalTo(List.of()))
                .body("security_level", equalTo("standard"))
                .body("instances", equalTo("fresh"))
                .body("limits.fuel", equalTo(20_000_000))
                .body("limits.memory_bytes", equalTo(16 << 20))
                .body("limits.run_time_ms", equalTo(150))
                .body("limits.wait_time_ms", equalTo(10_000))
                .body("limits.output_bytes", equalTo(1 << 20));
    }

    @Test
    void a_client_that_has_a_plugin_already_is_told_so() {
        tenant.upload(PluginText.named("kept").toString(), Wat.assemble(Guests.silent()));
        String etag = tenant.admin().get(ApiTenant.BASE + "/kept").header("ETag");

        Response again = tenant.admin().header("If-None-Match", etag).get(ApiTenant.BASE + "/kept");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body().asString()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(etag);
        tenant.enable("kept");
        tenant.admin()
                .header("If-None-Match", etag)
                .get(ApiTenant.BASE + "/kept")
                .then()
                .statusCode(200);
    }

    @Test
    void plugins_are_listed_by_state_text_and_permission_a_page_at_a_time() {
        for (int number = 1; number <= 5; number++) {
            PluginText plugin = PluginText.named("listed-" + number);
            if (number == 3) {
                plugin.with("permissions", List.of("storage:read"));
            }
            tenant.upload(plugin.toString(), Wat.assemble(Guests.silent()))
                    .then()
                    .statusCode(201);
        }
        tenant.enable("listed-2");

        Response first = tenant.as(Role.VIEWER).get(ApiTenant.BASE + "?limit=2");
        Response second = tenant.as(Role.VIEWER).get(linked(first));
        Response third = tenant.as(Role.VIEWER).get(linked(second));

        assertThat(first.<List<String>>path("plugins.id")).containsExactly("listed-1", "listed-2");
        assertThat(second.<List<String>>path("plugins.id")).containsExactly("listed-3", "listed-4");
        assertThat(third.<List<String>>path("plugins.id")).containsExactly("listed-5");
        assertThat(third.header("Link")).isNull();
        assertThat(third.<String>path("next_cursor")).isNull();
        assertThat(ids("?status=enabled")).containsExactly("listed-2");
        assertThat(ids("?permission=storage:read")).containsExactly("listed-3");
        assertThat(ids("?text=LISTED-4")).containsExactly("listed-4");
        assertThat(ids("?text=100%25")).isEmpty();
        assertProblem(tenant.admin().get(ApiTenant.BASE + "?text=%00"), ProblemCode.REQUEST_INVALID);
        assertThat(ids("?limit=5")).hasSize(5);
    }

    @Test
    void a_disabled_plugin_cannot_be_called_and_an_enabled_one_can() {
        tenant.upload(PluginText.named("callee").toString(), Wat.assemble(Guests.answering("pong")));
        assertProblem(tenant.call("callee", "handle", new byte[0]), ProblemCode.PLUGIN_NOT_ENABLED);
        assertProblem(tenant.call("nobody", "handle", new byte[0]), ProblemCode.PLUGIN_NOT_FOUND);

        tenant.enable("callee");
        Response answer = tenant.call("callee", "handle", new byte[] {1, 2, 3});

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).isEqualTo("pong");
        assertThat(Long.parseLong(answer.header("Plugin-Fuel-Used"))).isPositive();
        assertThat(Long.parseLong(answer.header("Plugin-Duration-Us"))).isPositive();
        assertThat(Long.parseLong(answer.header("Plugin-Peak-Memory"))).isGreaterThanOrEqualTo(65_536);
    }

    @Test
    void another_tenants_plugin_is_not_there() {
        tenant.upload(PluginText.named("mine").toString(), Wat.assemble(Guests.silent()));
        ApiTenant other = new ApiTenant();

        assertProblem(other.admin().get(ApiTenant.BASE + "/mine"), ProblemCode.PLUGIN_NOT_FOUND);
        assertProblem(other.as(Role.INSTALLER).delete(ApiTenant.BASE + "/mine"), ProblemCode.PLUGIN_NOT_FOUND);
        assertThat(other.admin().get(ApiTenant.BASE).<List<String>>path("plugins.id"))
                .isEmpty();
        tenant.admin().get(ApiTenant.BASE + "/mine").then().statusCode(200);
    }

    @Test
    void the_status_counts_plugins_and_says_how_every_component_is() {
        tenant.upload(PluginText.named("one").toString(), Wat.assemble(Guests.silent()));
        tenant.upload(PluginText.named("two").toString(), Wat.assemble(Guests.silent()));
        tenant.enable("two");

        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/status")
                .then()
                .statusCode(200)
                .body("tenant", equalTo(tenant.id().value()))
                .body("plugins.installed", equalTo(1))
                .body("plugins.enabled", equalTo(1))
                .body("components.status", hasItem("up"))
                .body("load_failures", equalTo(List.of()));
    }

    @Test
    void calls_are_counted_by_how_they_ended() {
        tenant.upload(PluginText.named("counted").toString(), Wat.assemble(Guests.aborting()));
        tenant.enable("counted");
        double before = calls("unreachable");

        tenant.call("counted", "handle", new byte[0]);

        assertThat(calls("unreachable")).isEqualTo(before + 1);
        assertThat(ApiTenant.anonymous().get("/q/metrics").asString())
                .contains("plugin_fuel_used", "plugin_call_duration_seconds")
                .doesNotContain("counted", tenant.id().value());
    }

    private static double calls(String outcome) {
        return ApiTenant.anonymous()
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("plugin_calls_total{outcome=\"" + outcome + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private List<String> ids(String query) {
        return tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + query)
                .then()
                .statusCode(200)
                .extract()
                .path("plugins.id");
    }

    private static String linked(Response page) {
        String link = page.header("Link");
        assertThat(link).matches("<[^>]+>; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }

    private void configure(String config) {
        String path = ApiTenant.BASE + "/profanity-filter/config";
        String etag = tenant.admin().get(path).header("ETag");
        tenant.as(Role.OPERATOR)
                .contentType(ContentType.JSON)
                .header("If-Match", etag)
                .body(config)
                .put(path)
                .then()
                .statusCode(200);
    }

    private Response install(String manifest, byte[] module) {
        String body = "{\"manifest\": " + manifest + ", \"module\": \""
                + Base64.getEncoder().encodeToString(module) + "\"}";
        return tenant.admin().contentType(ContentType.JSON).body(body).post(ApiTenant.BASE + "/install");
    }

    private static String exampleManifest() throws IOException {
        return Files.readString(EXAMPLE.resolve("manifest.json"));
    }

    private static byte[] exampleModule() throws IOException {
        return Files.readAllBytes(EXAMPLE.resolve("plugin.wasm"));
    }
}
