package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.plugin.SharedDistribution;
import org.storysign.plugins.plugin.TestService;
import org.storysign.plugins.problem.ProblemCode;

/** Plugins that the platform gives to every tenant. */
@ServiceTest
class SharingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    SharedDistribution distribution;

    private final ApiTenant platform = new ApiTenant();
    private final ApiTenant acme = new ApiTenant();
    private final ApiTenant zeta = new ApiTenant();
    private final String id = "shared-" + UUID.randomUUID();

    /** A tenant is there from its first key on. */
    private static ApiTenant known(ApiTenant tenant) {
        tenant.as(Role.VIEWER);
        return tenant;
    }

    @BeforeEach
    void make_tenants() {
        known(acme);
        known(zeta);
    }

    @AfterEach
    void share_nothing_any_more() {
        share(false);
    }

    private Response share(boolean wanted) {
        return platform.admin()
                .contentType(ContentType.JSON)
                .body(Map.of("shared", wanted))
                .put(ApiTenant.BASE + "/" + id + "/sharing");
    }

    private void bring(String version, String says) {
        platform.upload(
                        plugin(version).toString(),
                        Wat.assemble(Guests.answering("{\"result\": \"" + says + "\"}")),
                        Map.of("notes.txt", says.getBytes(StandardCharsets.UTF_8)))
                .then()
                .statusCode(201);
    }

    private PluginText plugin(String version) {
        String says = version.equals("1.0.0") ? "first" : "second";
        return PluginText.named(id)
                .version(version)
                .hook("story", "replace")
                .with(
                        "files",
                        Map.of(
                                "notes.txt",
                                Digest.of(says.getBytes(StandardCharsets.UTF_8)).value()));
    }

    private Response at(ApiTenant tenant) {
        return tenant.admin().get(ApiTenant.BASE + "/" + id);
    }

    private void awaitVersions(ApiTenant tenant, String... versions) {
        Pauses.await("versions " + List.of(versions), PATIENCE, () -> {
            TestService.await(distribution.bring());
            return List.of(versions).equals(at(tenant).path("releases.version"));
        });
    }

    @Test
    void every_tenant_gets_the_same_package_and_makes_it_its_own() {
        bring("1.0.0", "first");
        share(true)
                .then()
                .statusCode(200)
                .body("shared", equalTo(true))
                .body("shared_by", equalTo("platform:admin-key"));
        awaitVersions(acme, "1.0.0");
        awaitVersions(zeta, "1.0.0");

        assertThat(at(acme).<String>path("state")).isEqualTo("installed");
        assertThat(at(acme).<List<String>>path("releases.package_digest"))
                .isEqualTo(at(platform).path("releases.package_digest"));
        acme.enable(id);
        acme.hook("story", Map.of("type", "replace")).then().body("result", equalTo("first"));
        acme.admin().contentType(ContentType.JSON).body("1").put(ApiTenant.BASE + "/" + id + "/data/kept");

        assertThat(at(zeta).<String>path("state")).isEqualTo("installed");
        zeta.hook("story", Map.of("type", "replace")).then().body("handled_by", empty());
        zeta.admin().get(ApiTenant.BASE + "/" + id + "/data").then().body("keys", empty());
        acme.as(Role.AUDITOR)
                .get(ApiTenant.BASE + "/audit")
                .then()
                .body("entries.find { it.action == 'plugin.install' }.actor", equalTo("system:shared"));
        platform.admin().get(ApiTenant.BASE + "/" + id + "/sharing").then().body("tenants_given", greaterThan(1));
    }

    @Test
    void the_next_release_is_brought_too_and_waits_where_the_first_serves() {
        bring("1.0.0", "first");
        share(true);
        awaitVersions(acme, "1.0.0");
        acme.enable(id);

        bring("2.0.0", "second");
        awaitVersions(acme, "1.0.0", "2.0.0");

        acme.hook("story", Map.of("type", "replace")).then().body("result", equalTo("first"));
        at(acme).then().body("active_release", equalTo("1.0.0"));
        acme.admin()
                .contentType(ContentType.JSON)
                .header("If-Match", at(acme).header("ETag"))
                .body(Map.of("version", "2.0.0"))
                .put(ApiTenant.BASE + "/" + id + "/active-release")
                .then()
                .statusCode(200);
        acme.hook("story", Map.of("type", "replace")).then().body("result", equalTo("second"));
    }

    @Test
    void a_tenant_with_a_plugin_of_this_id_from_elsewhere_keeps_its_own() {
        acme.upload(
                        PluginText.named(id).version("0.1.0").toString(),
                        Wat.assemble(Guests.answering("{\"result\": \"own\"}")))
                .then()
                .statusCode(201);
        bring("1.0.0", "first");
        share(true);
        awaitVersions(zeta, "1.0.0");

        at(acme).then().body("releases.version", contains("0.1.0"));
    }

    @Test
    void a_tenant_whose_policy_does_not_allow_it_stops_no_other() {
        String own = "/api/plugins/tenants/" + acme.id();
        acme.admin()
                .contentType(ContentType.JSON)
                .header("If-Match", acme.admin().get(own).header("ETag"))
                .body(Map.of("most_plugins", 1))
                .put(own)
                .then()
                .statusCode(200);
        acme.upload(PluginText.named("only").toString(), Wat.assemble(Guests.silent()))
                .then()
                .statusCode(201);
        bring("1.0.0", "first");
        share(true);
        awaitVersions(zeta, "1.0.0");

        assertProblem(at(acme), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void what_was_brought_stays_when_it_is_not_shared_any_more_and_others_get_nothing() {
        bring("1.0.0", "first");
        share(true);
        awaitVersions(acme, "1.0.0");
        share(false).then().statusCode(200).body("shared", equalTo(false)).body("shared_by", nullValue());
        ApiTenant later = known(new ApiTenant());
        TestService.await(distribution.bring());

        at(acme).then().statusCode(200);
        assertProblem(at(later), ProblemCode.PLUGIN_NOT_FOUND);
        platform.as(Role.AUDITOR)
                .get(ApiTenant.BASE + "/audit")
                .then()
                .body(
                        "entries.findAll { it.action.contains('share') }.action",
                        contains("plugin.unshare", "plugin.share"));
    }

    @Test
    void a_block_everywhere_reaches_what_was_brought() {
        bring("1.0.0", "first");
        share(true);
        awaitVersions(acme, "1.0.0");
        acme.enable(id);
        String digest = at(acme).path("releases[0].package_digest");

        platform.admin()
                .contentType(ContentType.JSON)
                .body(Map.of("digest", digest, "reason", "steals tokens", "everywhere", true))
                .post(ApiTenant.BASE + "/blocked-digests")
                .then()
                .statusCode(201);

        at(acme).then().body("state", equalTo("failed"));
        platform.admin().delete(ApiTenant.BASE + "/blocked-digests/" + digest + "?everywhere=true");
    }

    @Test
    void only_the_platform_shares_and_only_what_there_is_and_nobody_else_has() {
        bring("1.0.0", "first");

        assertProblem(
                platform.as(Role.OPERATOR)
                        .contentType(ContentType.JSON)
                        .body(Map.of("shared", true))
                        .put(ApiTenant.BASE + "/" + id + "/sharing"),
                ProblemCode.FORBIDDEN);
        assertProblem(
                acme.admin()
                        .contentType(ContentType.JSON)
                        .body(Map.of("shared", true))
                        .put(ApiTenant.BASE + "/" + id + "/sharing"),
                ProblemCode.PLUGIN_NOT_FOUND);
        share(true).then().statusCode(200);
        share(true).then().statusCode(200);
        zeta.upload(PluginText.named(id).version("9.0.0").toString(), Wat.assemble(Guests.silent()));
        assertProblem(
                zeta.admin()
                        .contentType(ContentType.JSON)
                        .body(Map.of("shared", true))
                        .put(ApiTenant.BASE + "/" + id + "/sharing"),
                ProblemCode.PLUGIN_STATE_CONFLICT);
    }
}
