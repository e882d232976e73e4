package org.storysign.plugins.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class EndpointAnswerTest {

    @Test
    void status_headers_and_text_are_taken_as_they_are_said() {
        EndpointAnswer answer = read("{\"status\": 418, \"headers\": {\"Content-Type\": \"application/json\", \"ETag\":"
                + " \"\\\"7\\\"\"}, \"body\": \"{\\\"é\\\": 1}\"}");

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.headers()).isEqualTo(Map.of("content-type", "application/json", "etag", "\"7\""));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"é\": 1}");
    }

    @Test
    void what_is_not_said_has_a_harmless_meaning() {
        assertThat(read("").status()).isEqualTo(200);
        assertThat(read("").body()).isEmpty();
        assertThat(read("{}").headers()).isEmpty();
        assertThat(read("{\"body\": \"a\"}").headers()).containsEntry("content-type", "text/plain; charset=utf-8");
        assertThat(read("{\"body\": null, \"body_base64\": \"AAH/\"}").body()).containsExactly(0, 1, -1);
        assertThat(read("{\"body_base64\": \"AAH/\"}").headers())
                .containsEntry("content-type", "application/octet-stream");
        assertThat(read("{\"status\": 204, \"body\": \"\"}").body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "null",
                "{\"status\": 199}",
                "{\"status\": 101}",
                "{\"status\": 600}",
                "{\"status\": 0}",
                "{\"status\": -200}",
                "{\"status\": 200.5}",
                "{\"status\": \"200\"}",
                "{\"status\": 99999999999999999999}",
                "{\"status\": 200, \"status\": 201}",
                "{\"status\": 204, \"body\": \"a\"}",
                "{\"status\": 304, \"body_base64\": \"AAAA\"}",
                "{\"body\": \"a\", \"body_base64\": \"AAAA\"}",
                "{\"body\": {}}",
                "{\"body_base64\": \"*\"}",
                "{\"body_base64\": 1}",
                "{\"headers\": []}",
                "{\"headers\": {\"Set-Cookie\": \"a=b\"}}",
                "{\"headers\": {\"set-cookie2\": \"a=b\"}}",
                "{\"headers\": {\"Location\": \"https://elsewhere.example\"}}",
                "{\"headers\": {\"Refresh\": \"0; url=https://elsewhere.example\"}}",
                "{\"headers\": {\"Content-Security-Policy\": \"\"}}",
                "{\"headers\": {\"Access-Control-Allow-Origin\": \"*\"}}",
                "{\"headers\": {\"Cache-Control\": \"public\"}}",
                "{\"headers\": {\"Content-Length\": \"1\"}}",
                "{\"headers\": {\"Transfer-Encoding\": \"chunked\"}}",
                "{\"headers\": {\"Service-Worker-Allowed\": \"/\"}}",
                "{\"headers\": {\"ETag\": \"a\\r\\nSet-Cookie: a=b\"}}",
                "{\"headers\": {\"ETag\\r\\nSet-Cookie\": \"a=b\"}}",
                "{\"headers\": {\"ETag\": \"\"}}",
                "{\"headers\": {\"ETag\": \" a\"}}",
                "{\"headers\": {\"ETag\": \"é\"}}",
                "{\"headers\": {\"ETag\": 7}}",
                "{\"headers\": {\"ETag\": [\"a\", \"b\"]}}",
                "{\"headers\": {\"ETag\": \"a\", \"etag\": \"b\"}}",
                "{\"headers\": {\"Content-Type\": \"html\"}}",
                "{\"headers\": {\"Content-Type\": \"text/html, text/plain\"}}",
                "{\"headers\": {\"Content-Type\": \"text/html; charset=utf-7; x=y\"}}",
                "{\"surprise\": 1}"
            })
    void anything_else_is_a_problem_and_never_sent(String output) {
        assertThatThrownBy(() -> read(output)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.ENDPOINT_OUTPUT_INVALID);
            assertThat(problem.violations()).isNotEmpty();
        });
    }

    @Test
    void a_header_has_at_most_1000_characters_and_there_are_at_most_20() {
        assertThat(read("{\"headers\": {\"ETag\": \"" + "a".repeat(1_000) + "\"}}")
                        .headers())
                .hasSize(1);
        assertThatThrownBy(() -> read("{\"headers\": {\"ETag\": \"" + "a".repeat(1_001) + "\"}}"))
                .isInstanceOf(ProblemException.class);
        StringBuilder many = new StringBuilder("{\"headers\": {\"etag\": \"a\"");
        for (int count = 0; count < EndpointAnswer.MOST_HEADERS; count++) {
            many.append(", \"h").append(count).append("\": \"a\"");
        }
        assertThatThrownBy(() -> read(many + "}}")).hasMessageContaining("more than 20");
    }

    private static EndpointAnswer read(String output) {
        return EndpointAnswer.read(output.getBytes(StandardCharsets.UTF_8));
    }
}
