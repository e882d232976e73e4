package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.security.KeySecret;
import org.storysign.plugins.security.UserToken;
import org.storysign.plugins.security.UserTokens;
import org.storysign.plugins.storage.TokenRows;

@ServiceTest
class TokensTest {

    private static final String TICKET = ApiTenant.BASE + "/tokens/ticket";

    private final ApiTenant tenant = new ApiTenant();

    @Inject
    UserTokens tokens;

    @Test
    void a_token_says_for_whom_it_is_and_when_it_ends() {
        Instant before = Instant.now();

        Response made =
                make(tenant.as(Role.CALLER), "{\"user_id\": \"ada\", \"ttl\": 60, \"channels\": [\"class:7\"]}");

        made.then().statusCode(201).body("user_id", equalTo("ada")).body("channels", equalTo(List.of("class:7")));
        assertThat(made.<String>path("token")).matches("ssu_[A-Za-z0-9_-]{43}");
        assertThat(Duration.between(before, Instant.parse(made.path("expires_at"))))
                .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(120));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"user_id\": \"\"}",
                "{\"user_id\": \"a\\nb\"}",
                "{\"user_id\": 7}",
                "{\"user_id\": \"ada\", \"ttl\": 0}",
                "{\"user_id\": \"ada\", \"ttl\": 3601}",
                "{\"user_id\": \"ada\", \"ttl\": \"60\"}",
                "{\"user_id\": \"ada\", \"channels\": [\"*\"]}",
                "{\"user_id\": \"ada\", \"channels\": \"all\"}",
                "{\"user_id\": \"ada\", \"roles\": [\"admin\"]}",
                "{\"user_id\": \"ada\", \"tenant\": \"other\"}"
            })
    void what_is_not_a_wish_for_a_token_is_refused(String body) {
        assertProblem(make(tenant.as(Role.CALLER), body), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void a_key_that_may_name_no_user_makes_no_token() {
        String key = tenant.makeKey(Map.of("name", "narrow", "roles", List.of("caller")));

        assertProblem(make(bearer(key), "{\"user_id\": \"ada\"}"), ProblemCode.FORBIDDEN);
    }

    @Test
    void a_token_is_of_one_tenant_and_ends_with_its_key() {
        Response key = tenant.admin()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "web", "roles", List.of("caller"), "users", "any"))
                .post(ApiTenant.BASE + "/keys");
        String token = token(key.path("secret"), "ada");

        assertProblem(
                bearer(token)
                        .header("Plugins-Tenant", new ApiTenant().id().value())
                        .post(TICKET),
                ProblemCode.FORBIDDEN);
        assertThat(bearer(token).post(TICKET).statusCode()).isEqualTo(201);
        tenant.admin()
                .delete(ApiTenant.BASE + "/keys/" + key.path("key.id"))
                .then()
                .statusCode(204);
        assertProblem(bearer(token).post(TICKET), ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void a_token_that_has_ended_is_as_one_that_never_was() throws Exception {
        String token = tenant.token("ada");

        TokenRows.end(tenant.id());

        assertProblem(bearer(token).post(TICKET), ProblemCode.UNAUTHENTICATED);
        tenant.token("bob");
        assertThat(TokenRows.count(tenant.id()))
                .as("what has ended is cleared away")
                .isEqualTo(1);
    }

    @Test
    void a_ticket_is_good_once_and_is_no_token() {
        String ticket = bearer(tenant.token("ada"))
                .post(TICKET)
                .then()
                .statusCode(201)
                .extract()
                .path("ticket");

        assertProblem(bearer(ticket).post(TICKET), ProblemCode.UNAUTHENTICATED);
        assertThat(redeem(ticket)).isEqualTo(new UserId("ada"));
        assertThat(tokens.redeem(new KeySecret(ticket)).await().atMost(Duration.ofSeconds(10)))
                .isEmpty();
        assertThat(tokens.redeem(new KeySecret(tenant.token("ada"))).await().atMost(Duration.ofSeconds(10)))
                .isEmpty();
    }

    @Test
    void the_secret_is_not_in_the_database() throws Exception {
        String token = tenant.token("ada");

        assertThat(TokenRows.all()).doesNotContain(token.substring(4));
    }

    private UserId redeem(String ticket) {
        return tokens.redeem(new KeySecret(ticket))
                .await()
                .atMost(Duration.ofSeconds(10))
                .map(UserToken::user)
                .orElseThrow();
    }

    static String token(String key, String user) {
        return make(bearer(key), "{\"user_id\": \"" + user + "\"}")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static Response make(RequestSpecification client, String body) {
        return client.contentType(ContentType.JSON).body(body).post(ApiTenant.BASE + "/tokens");
    }

    private static RequestSpecification bearer(String secret) {
        return ApiTenant.anonymous().header("Authorization", "Bearer " + secret);
    }
}
