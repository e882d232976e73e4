package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.HttpLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;
import org.storysign.plugins.sandbox.chicory.Tiering;

class HttpFunctionsTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private final List<HttpAccess.Request> requests = new ArrayList<>();

    private final HttpAccess echo = (request, largestBody, timeLeft) -> {
        requests.add(request);
        return new HttpAccess.Response(404, Map.of("x-answer", "yes"), request.body());
    };

    private static TestCall call(String json, String code) {
        String text = json.replace("\"", "\\22");
        return TestCall.of(KernelModule.with(
                "",
                text,
                "(func $head (result i64) (call $put (i32.const 1100) (i32.const %d)))".formatted(json.length())
                        + "(func (export \"run\") " + code + ")"));
    }

    private static String text(TestCall call) {
        return new String(SANDBOX.output(call), StandardCharsets.UTF_8);
    }

    @Test
    void a_request_carries_method_headers_and_body_and_an_answer_of_404_is_an_answer() {
        String json = "{\"url\": \"https://a.example/x\", \"method\": \"PUT\", \"headers\": {\"A\": \"b\"}}";

        String answer = text(call(json, "(call $give (call $http_request (call $head) (call $world)))")
                .http(echo));

        assertThat(answer).isEqualTo("world!");
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.url()).isEqualTo("https://a.example/x");
            assertThat(request.headers()).containsExactly(Map.entry("A", "b"));
        });
    }

    @Test
    void the_method_is_get_when_none_is_said_and_the_body_may_be_missing() {
        TestCall call = call(
                "{\"url\": \"https://a.example/\"}", "(call $number (call $http_request (call $head) (i64.const 0)))");

        assertThat(SANDBOX.output(call.http(echo))).containsOnly(0);
        assertThat(requests.getFirst().method()).isEqualTo("GET");
        assertThat(requests.getFirst().body()).isEmpty();
    }

    @Test
    void status_and_headers_of_the_last_answer_can_be_asked_for() {
        String code = """
                (if (i32.ne (call $http_status_code) (i32.const 0)) (then unreachable))
                (if (i64.ne (call $http_headers) (i64.const 0)) (then unreachable))
                (drop (call $http_request (call $head) (i64.const 0)))
                (if (i32.ne (call $http_status_code) (i32.const 404)) (then unreachable))
                (call $give (call $http_headers))
                """;

        assertThat(text(call("{\"url\": \"https://a.example/\"}", code).http(echo)))
                .isEqualTo("{\"x-answer\":\"yes\"}");
    }

    @Test
    void without_a_grant_every_request_is_denied() {
        TestCall call =
                call("{\"url\": \"https://a.example/\"}", "(drop (call $http_request (call $head) (i64.const 0)))");

        assertThat(SANDBOX.trap(call)).isInstanceOf(Trap.HttpDenied.class);
    }

    @Test
    void one_request_more_than_the_limit_is_denied() {
        String once = "(drop (call $http_request (call $head) (i64.const 0)))";
        TestCall call = call("{\"url\": \"https://a.example/\"}", once + once).http(echo);

        assertThat(SANDBOX.output(call.limits(limits -> limits.withHttp(new HttpLimits(2, MemorySize.ofKiB(1))))))
                .isEmpty();
        assertThat(SANDBOX.trap(call.limits(limits -> limits.withHttp(new HttpLimits(1, MemorySize.ofKiB(1))))))
                .isEqualTo(new Trap.HttpDenied("made more than its 1 HTTP requests"));
        assertThat(requests).hasSize(3);
    }

    @Test
    void a_body_of_one_byte_too_many_is_not_sent() {
        TestCall call = call(
                        "{\"url\": \"https://a.example/\"}", "(drop (call $http_request (call $head) (call $world)))")
                .http(echo)
                .limits(limits -> limits.withHttp(new HttpLimits(1, new MemorySize(5))));

        assertThat(SANDBOX.trap(call)).isInstanceOf(Trap.HttpDenied.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void an_answer_larger_than_the_limit_fails_even_if_the_network_let_it_through() {
        HttpAccess careless = (request, largestBody, timeLeft) ->
                new HttpAccess.Response(200, Map.of(), new byte[(int) largestBody.bytes() + 1]);
        TestCall call =
                call("{\"url\": \"https://a.example/\"}", "(drop (call $http_request (call $head) (i64.const 0)))");

        assertThat(SANDBOX.trap(call.http(careless))).isInstanceOf(Trap.HttpFailed.class);
    }

    @Test
    void what_is_not_a_request_fails_without_reaching_the_network() {
        for (String json :
                List.of("", "{", "[]", "{} {}", "{\"url\": 7}", "{\"url\": \"x\", \"headers\": {\"a\": 1}}")) {
            TestCall call = call(json, "(drop (call $http_request (call $head) (i64.const 0)))")
                    .http(echo);

            assertThat(SANDBOX.trap(call)).as(json).isInstanceOf(Trap.HttpFailed.class);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void a_failure_of_the_network_has_its_name() {
        HttpAccess broken = (request, largestBody, timeLeft) -> {
            throw new TrapException(new Trap.HttpFailed("could not connect"));
        };
        TestCall call =
                call("{\"url\": \"https://a.example/\"}", "(drop (call $http_request (call $head) (i64.const 0)))");

        assertThat(SANDBOX.trap(call.http(broken))).isEqualTo(new Trap.HttpFailed("could not connect"));
    }
}
