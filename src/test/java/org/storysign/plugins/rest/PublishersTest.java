package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.Problems.assertProblem;

import com.fasterxml.jackson.databind.node.TextNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.signature.KeyAlgorithm;

/** Publishers, their keys, and what they signed, over the API and on PostgreSQL. */
@ServiceTest
class PublishersTest {

    private static final byte[] MODULE = Wat.assemble(Guests.answering("{}"));

    private final ApiTenant tenant = new ApiTenant();
    private final Publisher acme = new Publisher("acme", KeyAlgorithm.ED25519);

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void a_signed_plugin_serves_at_level_strict_until_its_key_is_revoked(KeyAlgorithm algorithm) {
        Publisher publisher = new Publisher("acme", algorithm);
        publisher.trustedBy(tenant).then().statusCode(201).body("algorithm", equalTo(algorithm.publicName()));
        publisher
                .upload(tenant, strict(), MODULE)
                .then()
                .statusCode(201)
                .body("releases[0].signed_by", contains("acme"));
        enable().then().statusCode(200).body("security_level", equalTo("strict"));
        tenant.call("careful", "handle", new byte[0]).then().statusCode(200);

        tenant.admin()
                .delete(ApiTenant.BASE + "/publishers/" + publisher.fingerprint())
                .then()
                .statusCode(204);

        Pauses.await(
                "the plugin to stop",
                Duration.ofSeconds(30),
                () -> tenant.call("careful", "handle", new byte[0]).statusCode() == 409);
        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/status")
                .then()
                .body("load_failures.code", contains("signature-rejected"));
        tenant.as(Role.VIEWER)
                .get(ApiTenant.BASE + "/publishers")
                .then()
                .body("keys", hasSize(1))
                .body("keys[0].revoked_at", notNullValue());
        assertThat(actions()).contains("signature.refuse", "publisher-key.revoke", "publisher-key.trust");
    }

    @Test
    void what_nobody_signed_or_nobody_trusted_signed_is_not_enabled_at_strict_and_the_audit_knows() {
        tenant.upload(strict(), MODULE).then().statusCode(201);
        assertProblem(enable(), ProblemCode.SIGNATURE_REQUIRED);
        tenant.admin().delete(ApiTenant.BASE + "/careful");
        acme.upload(tenant, strict(), MODULE).then().statusCode(201).body("releases[0].signed_by", hasSize(0));

        assertProblem(enable(), ProblemCode.SIGNATURE_REJECTED);

        assertThat(actions()).filteredOn("signature.refuse"::equals).hasSize(2);
    }

    @Test
    void another_tenants_trust_is_not_this_ones() {
        acme.trustedBy(new ApiTenant()).then().statusCode(201);
        acme.upload(tenant, strict(), MODULE).then().statusCode(201);

        assertProblem(enable(), ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void a_signature_of_something_else_is_refused_when_it_is_brought() {
        acme.trustedBy(tenant);
        byte[] other = Wat.assemble(Guests.silent());

        Response refused = tenant.admin()
                .multiPart("manifest", "manifest.json", strict().getBytes(StandardCharsets.UTF_8))
                .multiPart("module", "plugin.wasm", other)
                .multiPart("signature:a", "a.json", acme.sign(strict(), MODULE))
                .post(ApiTenant.BASE + "/upload");

        assertProblem(refused, ProblemCode.SIGNATURE_REJECTED);
        assertProblem(tenant.admin().get(ApiTenant.BASE + "/careful"), ProblemCode.PLUGIN_NOT_FOUND);
        assertThat(actions()).contains("signature.refuse");
    }

    @Test
    void a_package_in_json_carries_its_signatures_as_text() {
        acme.trustedBy(tenant);

        tenant.admin()
                .contentType(ContentType.JSON)
                .body("{\"manifest\": " + strict() + ", \"module\": \""
                        + Base64.getEncoder().encodeToString(MODULE) + "\", \"signatures\": ["
                        + TextNode.valueOf(new String(acme.sign(strict(), MODULE), StandardCharsets.UTF_8))
                        + "]}")
                .post(ApiTenant.BASE + "/install")
                .then()
                .statusCode(201)
                .body("releases[0].signed_by", contains("acme"));
        enable().then().statusCode(200);
    }

    @Test
    void a_key_is_trusted_once_and_stays_what_it_was() {
        acme.trustedBy(tenant)
                .then()
                .statusCode(201)
                .header("Location", "/api/plugins/publishers/" + acme.fingerprint())
                .body("publisher", equalTo("acme"))
                .body("expires_at", nullValue());
        acme.trustedBy(tenant).then().statusCode(201);
        Map<String, Object> other = new HashMap<>(acme.form());
        other.put("publisher", "mallory");
        assertProblem(post(other), ProblemCode.REQUEST_INVALID);
        tenant.admin().delete(ApiTenant.BASE + "/publishers/" + acme.fingerprint());
        assertProblem(acme.trustedBy(tenant), ProblemCode.REQUEST_INVALID);

        assertThat(actions()).filteredOn("publisher-key.trust"::equals).hasSize(1);
    }

    @Test
    void what_is_no_key_no_name_or_no_time_is_refused_with_all_that_is_wrong() {
        Response refused =
                post(Map.of("publisher", "ACME!", "public_key", "x", "expires_at", "tomorrow", "alg", "none"));

        assertProblem(refused, ProblemCode.REQUEST_INVALID);
        assertThat(refused.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder("/publisher", "/public_key", "/expires_at", "/alg");
        assertProblem(post(Map.of()), ProblemCode.REQUEST_INVALID);
        assertProblem(tenant.admin().delete(ApiTenant.BASE + "/publishers/x"), ProblemCode.NOT_FOUND);
        assertProblem(
                tenant.admin().delete(ApiTenant.BASE + "/publishers/sha256:" + "0".repeat(64)), ProblemCode.NOT_FOUND);
    }

    private Response post(Map<String, Object> form) {
        return tenant.admin().contentType(ContentType.JSON).body(form).post(ApiTenant.BASE + "/publishers");
    }

    private Response enable() {
        return tenant.as(Role.OPERATOR)
                .contentType(ContentType.JSON)
                .body("{\"grants\": []}")
                .post(ApiTenant.BASE + "/careful/enable");
    }

    private List<String> actions() {
        return tenant.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit").path("entries.action");
    }

    private static String strict() {
        return PluginText.named("careful")
                .hook("story", "filter")
                .with("sandbox_config", Map.of("security_level", "strict"))
                .toString();
    }
}
