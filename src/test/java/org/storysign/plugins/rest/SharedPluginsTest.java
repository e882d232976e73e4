package org.storysign.plugins.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.ApiTenant.BASE;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** Plugins that the platform shares with all tenants, over the API and on PostgreSQL. */
@ServiceTest
class SharedPluginsTest {

    private static final String NOTHING = "{}";

    private final ApiTenant tenant = new ApiTenant();
    private final ApiTenant other = new ApiTenant();
    /** Shared ids are taken in every tenant, so each test has its own. */
    private final String id = "shared-" + tenant.id();

    @AfterEach
    void unshare() {
        home().delete(BASE + "/shared/" + id);
    }

    @Test
    void a_tenant_finds_adopts_agrees_to_and_runs_what_the_platform_shares() {
        shareFirst();

        tenant.as(Role.VIEWER)
                .get(BASE + "/shared?limit=100")
                .then()
                .statusCode(200)
                .body("shared.find { it.id == '" + id + "' }.version", equalTo("1.0.0"))
                .body("shared.find { it.id == '" + id + "' }.here", nullValue());
        adopt(tenant)
                .then()
                .statusCode(201)
                .header("Location", BASE + "/" + id)
                .body("state", equalTo("installed"))
                .body("origin", equalTo("shared"))
                .body("grants.permissions", equalTo(List.of()))
                .body("releases[0].installed_by", equalTo("platform"));
        assertProblem(enable(tenant, "{\"grants\": [\"storage:read\"]}"), ProblemCode.CONSENT_REQUIRED);
        tenant.enableAgreeing(id, List.of("storage:read"));

        assertThat(say(tenant)).isEqualTo("first");
        adopt(tenant).then().statusCode(200).body("state", equalTo("enabled"));
        tenant.admin()
                .get(BASE + "/shared?limit=100")
                .then()
                .body("shared.find { it.id == '" + id + "' }.here.origin", equalTo("shared"))
                .body("shared.find { it.id == '" + id + "' }.here.state", equalTo("enabled"));
        assertThat(actions(tenant)).contains("plugin.adopt", "consent.give", "plugin.enable");
        assertProblem(other.call(id, "handle", new byte[0]), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void an_upgrade_reaches_adopters_as_a_release_that_waits_for_consent_while_the_old_one_serves() {
        shareFirst();
        adopt(tenant);
        tenant.enableAgreeing(id, List.of("storage:read"));
        adopt(other);
        bring("2.0.0", "second", "storage:read", "read:user_data");

        share("{\"version\": \"2.0.0\"}").then().statusCode(200).body("tenants", equalTo(2));

        assertThat(say(tenant)).isEqualTo("first");
        Response seen = tenant.admin().get(BASE + "/" + id);
        seen.then()
                .body("active_release", equalTo("1.0.0"))
                .body("releases.version", contains("1.0.0", "2.0.0"))
                .body("releases[1].state", equalTo("awaiting-consent"));
        other.admin().get(BASE + "/" + id).then().body("active_release", equalTo("2.0.0"));
        activate(seen, Map.of("version", "2.0.0", "consent", seen.path("releases[1].consent")))
                .then()
                .statusCode(200);
        assertThat(say(tenant)).isEqualTo("second");
        share("{\"version\": \"2.0.0\"}").then().statusCode(200).body("tenants", nullValue());
        assertThat(actions(tenant)).contains("plugin.share", "release.activate");
    }

    @Test
    void a_block_of_everywhere_stops_it_at_its_adopters() {
        shareFirst();
        adopt(tenant);
        tenant.enableAgreeing(id, List.of("storage:read"));
        String digest = tenant.admin().get(BASE + "/" + id).path("releases[0].package_digest");

        home().contentType(ContentType.JSON)
                .body(Map.of("digest", digest, "reason", "steals tokens", "everywhere", true))
                .post(BASE + "/blocked-digests")
                .then()
                .statusCode(201);

        try {
            assertProblem(tenant.call(id, "handle", new byte[0]), ProblemCode.PLUGIN_NOT_ENABLED);
            assertProblem(adopt(other), ProblemCode.DIGEST_BLOCKED);
            assertProblem(share(NOTHING), ProblemCode.DIGEST_BLOCKED);
            assertThat(actions(tenant)).contains("digest.block");
        } finally {
            home().delete(BASE + "/blocked-digests/" + digest + "?everywhere=true");
        }
    }

    @Test
    void unshared_and_uninstalled_it_still_serves_those_who_adopted_it_and_nobody_else_gets_it() {
        shareFirst();
        adopt(tenant);
        assertProblem(home().delete(BASE + "/" + id), ProblemCode.PLUGIN_SHARED);

        home().delete(BASE + "/shared/" + id).then().statusCode(200).body("tenants", equalTo(1));
        home().delete(BASE + "/" + id).then().statusCode(204);

        tenant.enableAgreeing(id, List.of("storage:read"));
        assertThat(say(tenant)).isEqualTo("first");
        assertProblem(adopt(other), ProblemCode.PLUGIN_NOT_FOUND);
        assertProblem(home().delete(BASE + "/shared/" + id), ProblemCode.PLUGIN_NOT_FOUND);
        assertThat(actions(tenant)).contains("plugin.unshare");
        tenant.admin().delete(BASE + "/" + id).then().statusCode(204);
        assertProblem(adopt(tenant), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void a_shared_id_is_taken_and_an_adopted_plugin_gets_no_releases_of_the_tenants() {
        shareFirst();

        assertProblem(upload(tenant, "3.0.0", "mine"), ProblemCode.PLUGIN_SHARED);
        tried(manifest("3.0.0"), module("mine"))
                .then()
                .body("possible", equalTo(false))
                .body("problems[0].code", equalTo("plugin-shared"));
        adopt(tenant);
        assertProblem(upload(tenant, "3.0.0", "mine"), ProblemCode.PLUGIN_SHARED);
        tried(manifest("1.0.0", "storage:read"), module("first")).then().body("possible", equalTo(true));

        tenant.admin().get(BASE + "/" + id).then().body("releases.version", contains("1.0.0"));
    }

    @Test
    void who_has_a_plugin_of_its_own_under_the_id_keeps_it() {
        upload(tenant, "3.0.0", "mine").then().statusCode(201);
        shareFirst();

        assertProblem(adopt(tenant), ProblemCode.PLUGIN_SHARED);

        upload(tenant, "3.1.0", "mine too").then().statusCode(201);
        tenant.admin()
                .get(BASE + "/" + id)
                .then()
                .body("origin", equalTo("own"))
                .body("releases.version", contains("3.0.0", "3.1.0"));
        tenant.admin()
                .get(BASE + "/shared?limit=100")
                .then()
                .body("shared.find { it.id == '" + id + "' }.here.origin", equalTo("own"));
    }

    @Test
    void what_the_platform_did_not_share_is_not_seen_and_not_adopted() {
        bring("1.0.0", "first");

        tenant.admin().get(BASE + "/shared?limit=100").then().body("shared.id", not(hasItem(id)));
        assertProblem(adopt(tenant), ProblemCode.PLUGIN_NOT_FOUND);
        assertProblem(tenant.admin().get(BASE + "/" + id), ProblemCode.PLUGIN_NOT_FOUND);
        assertProblem(share("{\"version\": \"9.9.9\"}"), ProblemCode.NOT_FOUND);
    }

    @Test
    void a_tenant_without_room_for_plugins_adopts_none() {
        shareFirst();
        tenant.admin()
                .contentType(ContentType.JSON)
                .body(Map.of("tenant", "roomless-" + tenant.id(), "most_plugins", 0))
                .post(BASE + "/tenants")
                .then()
                .statusCode(201);

        assertProblem(
                in("roomless-" + tenant.id()).post(BASE + "/shared/" + id + "/adopt"), ProblemCode.POLICY_FORBIDS);

        in("roomless-" + tenant.id()).get(BASE + "/" + id).then().statusCode(404);
    }

    @Test
    void sharing_is_the_platforms_alone() {
        bring("1.0.0", "first");

        for (Role role : List.of(Role.OPERATOR, Role.INSTALLER, Role.VIEWER)) {
            assertProblem(tenant.as(role).put(BASE + "/shared/" + id), ProblemCode.FORBIDDEN);
            assertProblem(tenant.as(role).delete(BASE + "/shared/" + id), ProblemCode.FORBIDDEN);
        }
        assertProblem(tenant.as(Role.VIEWER).post(BASE + "/shared/" + id + "/adopt"), ProblemCode.FORBIDDEN);
    }

    /** Shares version 1.0.0, which says "first" and asks for storage:read. */
    private void shareFirst() {
        bring("1.0.0", "first", "storage:read");
        share(NOTHING).then().statusCode(200).body("version", equalTo("1.0.0")).body("tenants", equalTo(0));
        home().get(BASE + "/audit").then().body("entries.action", hasItems("plugin.install", "plugin.share"));
    }

    private void bring(String version, String says, String... permissions) {
        RequestSpecification form = home().multiPart(
                        "manifest",
                        "manifest.json",
                        manifest(version, permissions).getBytes(UTF_8))
                .multiPart("module", "plugin.wasm", module(says));
        form.post(BASE + "/upload").then().statusCode(201);
    }

    private Response upload(ApiTenant where, String version, String says) {
        return where.upload(manifest(version), module(says));
    }

    private Response tried(String manifest, byte[] module) {
        return tenant.admin()
                .multiPart("manifest", "manifest.json", manifest.getBytes(UTF_8))
                .multiPart("module", "plugin.wasm", module)
                .post(BASE + "/upload?dry_run=true");
    }

    private String manifest(String version, String... permissions) {
        return PluginText.named(id)
                .version(version)
                .with("permissions", List.of(permissions))
                .toString();
    }

    /** Of this test alone, so that no other has its digest. */
    private byte[] module(String says) {
        return Wat.assemble(Guests.answering(says + " " + tenant.id()));
    }

    private String say(ApiTenant where) {
        String said = where.call(id, "handle", new byte[0])
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return said.substring(0, said.indexOf(' '));
    }

    private Response share(String form) {
        return home().contentType(ContentType.JSON).body(form).put(BASE + "/shared/" + id);
    }

    private Response adopt(ApiTenant where) {
        return where.as(Role.OPERATOR).post(BASE + "/shared/" + id + "/adopt");
    }

    private Response enable(ApiTenant where, String form) {
        return where.admin().contentType(ContentType.JSON).body(form).post(BASE + "/" + id + "/enable");
    }

    private Response activate(Response seen, Map<String, ?> form) {
        return tenant.admin()
                .contentType(ContentType.JSON)
                .header("If-Match", seen.header("ETag"))
                .body(form)
                .put(BASE + "/" + id + "/active-release");
    }

    private static RequestSpecification home() {
        return in("system-shared");
    }

    private static RequestSpecification in(String named) {
        return ApiTenant.anonymous()
                .header("Authorization", "Bearer " + TestDatabase.ADMIN_KEY)
                .header("Plugins-Tenant", named);
    }

    private static List<String> actions(ApiTenant where) {
        return where.admin().get(BASE + "/audit").path("entries.action");
    }
}
