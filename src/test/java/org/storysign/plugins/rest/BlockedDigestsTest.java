package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** Blocking digests over the API and on PostgreSQL. */
@ServiceTest
class BlockedDigestsTest {

    private final ApiTenant tenant = new ApiTenant();
    private final ApiTenant other = new ApiTenant();
    /** A module of this test alone: blocks of everywhere reach every other test. */
    private final byte[] module = Wat.assemble(Guests.answering("{\"of\": \"" + tenant.id() + "\"}"));

    @AfterEach
    void unblock() {
        blocked(tenant.admin()).stream()
                .filter(each -> Boolean.TRUE.equals(each.get("everywhere")))
                .forEach(each -> tenant.admin()
                        .delete(address(Objects.requireNonNull(each.get("digest"))) + "?everywhere=true"));
    }

    @Test
    void a_blocked_digest_stops_serving_at_once_and_is_refused_until_it_is_unblocked() {
        String digest = serve(tenant);

        block(tenant.admin(), digest, false)
                .then()
                .statusCode(201)
                .header("Location", address(digest))
                .body("reason", equalTo("steals tokens"))
                .body("everywhere", equalTo(false));

        assertProblem(tenant.call("careful", "handle", new byte[0]), ProblemCode.PLUGIN_NOT_ENABLED);
        tenant.admin()
                .get(ApiTenant.BASE + "/careful")
                .then()
                .body("state", equalTo("failed"))
                .body("state_reason", equalTo(digest + " is blocked: steals tokens"))
                .body("releases[0].state", equalTo("blocked"))
                .body("releases[0].reason", equalTo(digest + " is blocked: steals tokens"));
        assertProblem(enable(tenant), ProblemCode.DIGEST_BLOCKED);
        assertProblem(tenant.upload(manifest(), module), ProblemCode.DIGEST_BLOCKED);

        tenant.admin().delete(address(digest)).then().statusCode(204);
        assertProblem(tenant.call("careful", "handle", new byte[0]), ProblemCode.PLUGIN_NOT_ENABLED);
        enable(tenant).then().statusCode(200);
        assertThat(actions(tenant)).contains("digest.block", "digest.unblock");
    }

    @Test
    void the_platform_blocks_everywhere_at_once_also_in_tenants_to_come() {
        String digest = serve(tenant);
        serve(other);

        block(tenant.admin(), digest, true).then().statusCode(201).body("everywhere", equalTo(true));

        assertProblem(tenant.call("careful", "handle", new byte[0]), ProblemCode.PLUGIN_NOT_ENABLED);
        assertProblem(other.call("careful", "handle", new byte[0]), ProblemCode.PLUGIN_NOT_ENABLED);
        assertProblem(new ApiTenant().upload(manifest(), module), ProblemCode.DIGEST_BLOCKED);
        assertThat(actions(tenant)).contains("digest.block");
        assertThat(actions(other)).contains("digest.block");
        other.admin()
                .get(ApiTenant.BASE + "/blocked-digests")
                .then()
                .body("blocked.digest", hasItem(digest))
                .body("blocked.blocked_by", hasItems("platform:admin-key"));
        assertProblem(other.admin().delete(address(digest)), ProblemCode.NOT_FOUND);
    }

    @Test
    void a_block_of_a_tenant_is_no_other_ones() {
        String digest = serve(tenant);
        serve(other);

        block(tenant.admin(), digest, false).then().statusCode(201);

        other.call("careful", "handle", new byte[0]).then().statusCode(200);
        other.admin().get(ApiTenant.BASE + "/blocked-digests").then().body("blocked.digest", not(hasItem(digest)));
    }

    @Test
    void what_is_no_digest_or_has_no_reason_is_refused() {
        assertProblem(block(tenant.admin(), "sha256:abc", false), ProblemCode.REQUEST_INVALID);
        assertProblem(
                tenant.admin()
                        .contentType(ContentType.JSON)
                        .body(Map.of("digest", "sha256:" + "a".repeat(64)))
                        .post(ApiTenant.BASE + "/blocked-digests"),
                ProblemCode.REQUEST_INVALID);
        assertProblem(tenant.admin().delete(address("nonsense")), ProblemCode.NOT_FOUND);
    }

    private String serve(ApiTenant where) {
        where.upload(manifest(), module).then().statusCode(201);
        enable(where).then().statusCode(200);
        where.call("careful", "handle", new byte[0]).then().statusCode(200);
        return where.admin()
                .get(ApiTenant.BASE + "/careful")
                .then()
                .body("releases[0].module_digest", startsWith("sha256:"))
                .extract()
                .path("releases[0].module_digest");
    }

    private static Response enable(ApiTenant where) {
        return where.admin()
                .contentType(ContentType.JSON)
                .body("{\"grants\": []}")
                .post(ApiTenant.BASE + "/careful/enable");
    }

    private static Response block(RequestSpecification client, String digest, boolean everywhere) {
        return client.contentType(ContentType.JSON)
                .body(Map.of("digest", digest, "reason", "steals tokens", "everywhere", everywhere))
                .post(ApiTenant.BASE + "/blocked-digests");
    }

    private static List<Map<String, Object>> blocked(RequestSpecification client) {
        return client.get(ApiTenant.BASE + "/blocked-digests").path("blocked");
    }

    private static List<String> actions(ApiTenant where) {
        return where.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit").path("entries.action");
    }

    private static String address(Object digest) {
        return ApiTenant.BASE + "/blocked-digests/" + digest;
    }

    private static String manifest() {
        return PluginText.named("careful").hook("story", "filter").toString();
    }
}
