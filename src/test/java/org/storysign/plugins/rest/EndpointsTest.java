package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** Endpoints as the product, its users and anybody meet them. */
@ServiceTest
class EndpointsTest {

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_handler_answers_status_headers_and_body_and_every_answer_is_shut_in() {
        answering(
                "{\"status\": 201, \"headers\": {\"Content-Type\": \"text/html\", \"ETag\": \"\\\"1\\\"\"}, \"body\": \"<b>hi</b>\"}");

        Response answer = tenant.asUser("ada").post(at("any/7"));

        answer.then()
                .statusCode(201)
                .contentType("text/html")
                .header("ETag", equalTo("\"1\""))
                .header("Content-Security-Policy", equalTo("sandbox; default-src 'none'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Cache-Control", equalTo("private, no-cache"));
        assertThat(answer.asString()).isEqualTo("<b>hi</b>");
        assertThat(answer.headers().getValues("Set-Cookie")).isEmpty();
    }

    @Test
    void a_handler_sees_the_request_the_user_and_no_credential() {
        mirroring();

        Response answer = tenant.asUser("ada")
                .cookie("session", "secret-cookie")
                .header("X-Forwarded-For", "10.0.0.1")
                .contentType("application/json")
                .body("{\"a\": 1}")
                .post(at("any/a%20b?x=1&x=2"));

        answer.then().statusCode(422).body("code", equalTo("endpoint-output-invalid"));
        assertThat(answer.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder("/method", "/path", "/path_params", "/query", "/headers", "/user_id");
        assertThat(answer.asString()).doesNotContain("secret", "ssu_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\": 100}",
                "{\"headers\": {\"Set-Cookie\": \"a=b\"}}",
                "{\"headers\": {\"Location\": \"https://elsewhere.example/\"}}",
                "nonsense"
            })
    void what_cannot_be_sent_is_a_problem(String output) {
        answering(output);

        Response answer = assertProblem(tenant.asUser("ada").post(at("any/7")), ProblemCode.ENDPOINT_OUTPUT_INVALID);

        assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(answer.header("Set-Cookie")).isNull();
    }

    @Test
    void a_handler_that_aborts_is_a_problem_without_what_only_operators_see() {
        install(Guests.aborting());

        Response answer = assertProblem(tenant.asUser("ada").post(at("any/7")), ProblemCode.UNREACHABLE);

        assertThat(answer.<Object>path("guest_stack")).isNull();
    }

    @Test
    void each_endpoint_lets_in_whom_it_names() {
        answering("{}");

        assertThat(tenant.asUser("ada").post(at("any/7")).statusCode()).isEqualTo(200);
        assertThat(tenant.asUser("ada").get(at("product")).statusCode()).isEqualTo(403);
        assertThat(tenant.as(Role.CALLER).post(at("any/7")).statusCode()).isEqualTo(403);
        assertThat(tenant.admin().post(at("any/7")).statusCode()).isEqualTo(403);
        assertThat(tenant.as(Role.CALLER).get(at("product")).statusCode()).isEqualTo(200);
        assertThat(tenant.as(Role.VIEWER).get(at("open")).statusCode()).isEqualTo(403);
        for (String path : List.of("any/7", "product", "nothing")) {
            assertProblem(nobody().get(at(path)), ProblemCode.UNAUTHENTICATED);
        }
        assertThat(nobody().get(at("open")).statusCode()).isEqualTo(200);
        assertProblem(ApiTenant.anonymous().get(at("open")), ProblemCode.UNAUTHENTICATED);
        assertProblem(new ApiTenant().asUser("ada").post(at("any/7")), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void a_token_or_key_that_is_limited_to_plugins_reaches_no_other() {
        answering("{}");
        String other = tenant.makeKey(
                Map.of("name", "o", "roles", List.of("caller"), "plugins", List.of("other"), "users", "any"));
        String mine = tenant.makeKey(
                Map.of("name", "m", "roles", List.of("caller"), "plugins", List.of("forms"), "users", "any"));

        assertThat(bearer(other).get(at("product")).statusCode()).isEqualTo(403);
        assertThat(bearer(mine).get(at("product")).statusCode()).isEqualTo(200);
        assertThat(bearer(TokensTest.token(other, "ada")).post(at("any/7")).statusCode())
                .isEqualTo(403);
        assertThat(bearer(TokensTest.token(mine, "ada")).post(at("any/7")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void methods_that_a_path_does_not_answer_are_told_which_it_does() {
        answering("{\"body\": \"text\"}");

        Response wrong = assertProblem(tenant.as(Role.CALLER).delete(at("product")), ProblemCode.METHOD_NOT_ALLOWED);
        assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        Response options = tenant.as(Role.CALLER).options(at("product"));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        Response head = tenant.as(Role.CALLER).head(at("product"));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.asString()).isEmpty();
        assertProblem(nobody().options(at("open")), ProblemCode.UNAUTHENTICATED);
        assertProblem(tenant.as(Role.CALLER).get(at("nothing")), ProblemCode.NOT_FOUND);
    }

    @Test
    void a_plugin_that_is_not_enabled_says_so() {
        answering("{}");
        tenant.admin().post(ApiTenant.BASE + "/forms/disable").then().statusCode(200);

        assertProblem(tenant.asUser("ada").post(at("any/7")), ProblemCode.PLUGIN_NOT_ENABLED);
        assertProblem(nobody().get(at("open")), ProblemCode.UNAUTHENTICATED);
        assertProblem(tenant.asUser("ada").get(ApiTenant.BASE + "/no-such/endpoints/x"), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void anybody_may_call_twenty_times_at_once_and_is_then_told_to_wait() {
        answering("{}");
        int refused = 0;

        for (int call = 0; call < 200 && refused == 0; call++) {
            Response answer = nobody().get(at("open"));
            if (answer.statusCode() != 200) {
                refused++;
                assertThat(call).isGreaterThanOrEqualTo(20);
                assertThat(assertProblem(answer, ProblemCode.RATE_LIMITED).header("Retry-After"))
                        .isEqualTo("1");
            }
        }

        assertThat(refused).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/endpoints/%2e%2e/config",
                "/endpoints/../config",
                "/endpoints/..%2fconfig",
                "/endpoints/any/..%2f..%2fconfig",
                "/endpoints/any/%2e%2e/product",
                "/endpoints//product",
                "/endpoints/product/",
                "/endpoints/product;x",
                "/endpoints/product%00",
                "/endpoints%2fproduct",
                "/endpoints/%70roduct/..",
                "/endpoints\\product"
            })
    void a_bent_path_gives_a_user_nothing(String path) throws IOException {
        answering("{\"body\": \"reached\"}");

        String answer = raw("GET", ApiTenant.BASE + "/forms" + path, tenant.token("ada"), "");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|403|404|405) .*").doesNotContain("reached");
    }

    @Test
    void a_body_over_the_level_is_refused_when_it_is_announced() throws IOException {
        answering("{}");

        String answer = raw("POST", at("any/7"), tenant.token("ada"), "Content-Length: " + ((1 << 20) + 1) + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("request-too-large");
    }

    @Test
    void a_body_for_an_endpoint_one_may_not_call_is_not_waited_for() throws IOException {
        answering("{}");

        String answer = raw("POST", at("any/7"), "", "Content-Length: 1000\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    private void answering(String output) {
        install(Guests.answering(output));
    }

    private void mirroring() {
        install("""
                (module
                  (import "extism:host/env" "input_offset" (func $input (result i64)))
                  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
                  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                  (memory (export "memory") 1)
                  (func (export "handle") (result i32)
                    (call $output (call $input) (call $length (call $input))) (i32.const 0)))
                """);
    }

    private void install(String wat) {
        PluginText plugin = PluginText.named("forms")
                .with(
                        "api_endpoints",
                        List.of(
                                endpoint("any", "POST", "/any/{id}", "user"),
                                endpoint("product", "GET", "/product", "caller"),
                                endpoint("open", "GET", "/open", "public")));
        tenant.upload(plugin.toString(), Wat.assemble(wat)).then().statusCode(201);
        tenant.enableAgreeing("forms", List.of());
    }

    private static Map<String, String> endpoint(String name, String method, String path, String auth) {
        return Map.of("name", name, "method", method, "path", path, "handler", "handle", "auth", auth);
    }

    private static String at(String path) {
        return ApiTenant.BASE + "/forms/endpoints/" + path;
    }

    private io.restassured.specification.RequestSpecification nobody() {
        return ApiTenant.anonymous().header("Plugins-Tenant", tenant.id().value());
    }

    private static io.restassured.specification.RequestSpecification bearer(String secret) {
        return ApiTenant.anonymous().header("Authorization", "Bearer " + secret);
    }

    private static String raw(String method, String path, String token, String head) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            String key = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + key + head + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[4_096];
            int length = 0;
            for (int read = 0; read >= 0 && length < answer.length; length += Math.max(read, 0)) {
                read = socket.getInputStream().read(answer, length, answer.length - length);
                if (new String(answer, 0, length + Math.max(read, 0), StandardCharsets.UTF_8).contains("\r\n\r\n{")) {
                    length += Math.max(read, 0);
                    break;
                }
            }
            return new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }
}
