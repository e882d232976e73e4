package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** Keys over HTTP: made, used, limited, listed, revoked. */
@ServiceTest
class KeysTest {

    private static final String KEYS = ApiTenant.BASE + "/keys";

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_key_works_until_it_is_revoked_and_its_secret_is_shown_once() {
        Response made = make(Map.of("name", "ci", "roles", List.of("viewer", "author")));
        String secret = made.path("secret");
        String id = made.path("key.id");

        made.then().statusCode(201).header("Location", KEYS + "/" + id).body("key.users", equalTo("as-token"));
        assertThat(secret).startsWith("ssk_");
        status(secret).then().statusCode(200);
        assertThat(tenant.admin().get(KEYS).asString()).contains(id).doesNotContain(secret);

        tenant.admin().delete(KEYS + "/" + id).then().statusCode(204);
        assertProblem(status(secret), ProblemCode.UNAUTHENTICATED);
        assertProblem(tenant.admin().delete(KEYS + "/" + id), ProblemCode.NOT_FOUND);
        tenant.admin()
                .get(KEYS)
                .then()
                .body("keys.find { it.id == '" + id + "' }.revoked_at.length()", org.hamcrest.Matchers.greaterThan(10));
    }

    @Test
    void a_key_belongs_to_one_tenant() {
        String secret = make(Map.of("name", "mine", "roles", List.of("viewer"))).path("secret");
        ApiTenant other = new ApiTenant();

        status(secret).then().statusCode(200).body("tenant", equalTo(tenant.id().value()));
        assertProblem(
                ApiTenant.anonymous()
                        .header("X-API-Key", secret)
                        .header("Plugins-Tenant", other.id().value())
                        .get(ApiTenant.BASE + "/status"),
                ProblemCode.FORBIDDEN);
        assertThat(other.admin().get(KEYS).<List<String>>path("keys.name")).isEmpty();
    }

    @Test
    void a_key_that_is_limited_to_plugins_reaches_nothing_else() {
        tenant.upload(PluginText.named("ours").toString(), Wat.assemble(Guests.answering("hi")))
                .then()
                .statusCode(201);
        tenant.upload(PluginText.named("theirs").toString(), Wat.assemble(Guests.silent()))
                .then()
                .statusCode(201);
        tenant.enable("ours");
        String secret = make(Map.of(
                        "name",
                        "dev",
                        "roles",
                        List.of("viewer", "author", "installer", "caller"),
                        "plugins",
                        List.of("ours")))
                .path("secret");

        with(secret).get(ApiTenant.BASE + "/ours").then().statusCode(200);
        assertThat(with(secret)
                        .contentType("application/octet-stream")
                        .body(new byte[0])
                        .post(ApiTenant.BASE + "/ours/call/handle")
                        .asString())
                .isEqualTo("hi");
        with(secret).get(ApiTenant.BASE + "/security/permissions").then().statusCode(200);
        assertProblem(with(secret).get(ApiTenant.BASE + "/theirs"), ProblemCode.FORBIDDEN);
        assertProblem(with(secret).get(ApiTenant.BASE), ProblemCode.FORBIDDEN);
        assertProblem(with(secret).get(ApiTenant.BASE + "/status"), ProblemCode.FORBIDDEN);
        assertProblem(with(secret).delete(ApiTenant.BASE + "/theirs"), ProblemCode.FORBIDDEN);
        assertProblem(
                with(secret)
                        .contentType(ContentType.JSON)
                        .body("{\"type\":\"after\"}")
                        .post(ApiTenant.BASE + "/hooks/x"),
                ProblemCode.FORBIDDEN);
    }

    @Test
    void a_key_that_is_limited_to_plugins_brings_packages_of_these_only() {
        String secret = make(Map.of("name", "dev", "roles", List.of("installer"), "plugins", List.of("ours")))
                .path("secret");

        assertProblem(upload(secret, "theirs"), ProblemCode.FORBIDDEN);
        upload(secret, "ours").then().statusCode(201);
        assertProblem(tenant.admin().get(ApiTenant.BASE + "/theirs"), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void a_key_that_has_expired_is_refused() throws InterruptedException {
        Instant end = Instant.now().plusMillis(1_500);
        String secret = make(Map.of("name", "brief", "roles", List.of("viewer"), "expires_at", end.toString()))
                .path("secret");
        status(secret).then().statusCode(200);

        while (Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }

        assertProblem(status(secret), ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void what_cannot_be_a_key_is_refused() {
        for (Map<String, ?> form : List.of(
                Map.of("name", "a"),
                Map.of("roles", List.of("viewer")),
                Map.of("name", "", "roles", List.of("viewer")),
                Map.of("name", "a", "roles", List.of()),
                Map.of("name", "a", "roles", List.of("admin")),
                Map.of("name", "a", "roles", List.of("user")),
                Map.of("name", "a", "roles", List.of("viewer"), "users", "some"),
                Map.of("name", "a", "roles", List.of("viewer"), "plugins", List.of("../x")),
                Map.of("name", "a", "roles", List.of("viewer"), "expires_at", "2020-01-01T00:00:00Z"),
                Map.of("name", "a", "roles", List.of("viewer"), "secret", "mine"))) {
            assertProblem(make(form), ProblemCode.REQUEST_INVALID);
        }
        assertThat(tenant.admin().get(KEYS).<List<String>>path("keys.name")).isEmpty();
    }

    @Test
    void making_and_revoking_keys_is_audited_and_the_trail_is_read_a_page_at_a_time() {
        String id = make(Map.of("name", "audited", "roles", List.of("auditor"))).path("key.id");
        tenant.admin().delete(KEYS + "/" + id);
        make(Map.of("name", "second", "roles", List.of("viewer")));

        Response first = tenant.as(Role.ADMIN).get(ApiTenant.BASE + "/audit?limit=2");
        String next = first.header("Link");
        Response second = tenant.as(Role.ADMIN).get(next.substring(1, next.indexOf('>')));

        assertThat(first.<List<String>>path("entries.action")).containsExactly("key.create", "key.revoke");
        assertThat(first.<List<Integer>>path("entries.sequence")).containsExactly(3, 2);
        assertThat(second.<List<Integer>>path("entries.sequence")).containsExactly(1);
        assertThat(second.<String>path("entries[0].subject")).isEqualTo("key:" + id);
        assertThat(second.<String>path("entries[0].facts.name")).isEqualTo("audited");
    }

    private Response make(Map<String, ?> form) {
        return tenant.admin().contentType(ContentType.JSON).body(form).post(KEYS);
    }

    private static io.restassured.specification.RequestSpecification with(String secret) {
        return ApiTenant.anonymous().header("Authorization", "Bearer " + secret);
    }

    private static Response status(String secret) {
        return with(secret).get(ApiTenant.BASE + "/status");
    }

    private static Response upload(String secret, String plugin) {
        return with(secret)
                .multiPart(
                        "manifest",
                        "manifest.json",
                        PluginText.named(plugin).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .multiPart("module", "plugin.wasm", Wat.assemble(Guests.silent()))
                .post(ApiTenant.BASE + "/upload");
    }
}
