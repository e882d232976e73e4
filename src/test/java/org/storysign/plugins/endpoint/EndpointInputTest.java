package org.storysign.plugins.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class EndpointInputTest {

    @Test
    void a_handler_gets_what_the_contract_says_and_no_credential() {
        Map<String, String> headers = Map.of(
                "accept", "a/b", "authorization", "Bearer secret", "cookie", "c=d", "x-api-key", "secret", "host", "h");

        String input = input(
                "POST", QueryText.read("q=a+b&q=%C3%A9&empty&e="), headers, "text".getBytes(StandardCharsets.UTF_8));

        assertThat(input)
                .isEqualTo(
                        "{\"method\":\"POST\",\"path\":\"/x/1\",\"path_params\":{\"id\":\"1\"},\"query\":{\"q\":[\"a b\",\"é\"],"
                                + "\"empty\":[\"\"],\"e\":[\"\"]},\"headers\":{\"accept\":\"a/b\"},\"body\":\"text\",\"user_id\":\"ada\"}");
    }

    @Test
    void a_body_is_text_when_its_type_and_its_bytes_are() {
        byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = {(byte) 0xC3, 0};

        assertThat(input("PUT", Map.of(), Map.of("content-type", "application/vnd.a+json; charset=utf-8"), text))
                .contains("\"body\":\"{}\"");
        assertThat(input("PUT", Map.of(), Map.of("content-type", "image/png"), text))
                .contains("\"body_base64\":\"e30=\"");
        assertThat(input("PUT", Map.of(), Map.of("content-type", "text/plain"), bytes))
                .contains("\"body_base64\":\"wwA=\"");
        assertThat(input("PUT", Map.of(), Map.of(), new byte[0])).contains("\"body\":null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%f", "a=%zz", "a=%c3", "%ff=1", "a=%00", "a=%0d%0a"})
    void a_query_that_is_not_well_formed_is_refused(String query) {
        assertThatThrownBy(() -> QueryText.read(query))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.REQUEST_INVALID));
    }

    @Test
    void a_query_has_at_most_100_parameters() {
        assertThat(QueryText.read("a=1&".repeat(99) + "a=1")).containsOnlyKeys("a");
        assertThatThrownBy(() -> QueryText.read("a=1&".repeat(100) + "a=1")).isInstanceOf(ProblemException.class);
    }

    private static String input(
            String method, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {
        return new String(
                EndpointInput.of(new EndpointRequest(
                        method, "/x/1", Map.of("id", "1"), query, headers, body, Optional.of(new UserId("ada")))),
                StandardCharsets.UTF_8);
    }
}
