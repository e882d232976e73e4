package org.storysign.plugins.platform.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.storysign.plugins.kit.FolderPlugin.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;

/** What hooks and endpoints hand over, read by every SDK, and what handlers answer, written by it. */
class SdkHandlersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SdkModules MODULES = new SdkModules();

    @AfterAll
    static void close() {
        MODULES.close();
    }

    static Stream<String> languages() {
        return SdkLanguage.all().stream().map(SdkLanguage::folder);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void all_of_a_hooks_call_is_read(String language) throws IOException {
        JsonNode call = JSON.readTree("""
                {"hook_name": "story_generation", "type": "replace", "target": "asl_world.\\"é\\n🐸", "args": [1, "two", null],
                 "kwargs": {"deep": [{"er": [[]]}]}, "result": {"title": "}{\\"]["},
                 "context": {"user_id": "ada", "session_id": "s-1", "module_name": "asl-world", "request_data": {"a": [true]},
                             "plugin_id": "notes", "tenant": "default", "config": {"n": 1}, "timestamp": "2026-11-22T12:00:00Z",
                             "invocation_id": "i-1", "event_id": "e-1"}}
                """);

        JsonNode echoed = echo(language, call);

        assertThat(echoed).isEqualTo(flat(call));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void what_a_hooks_call_does_not_say_is_read_as_nothing(String language) throws IOException {
        JsonNode call = JSON.readTree("""
                {"hook_name": "h", "type": "after", "target": null, "args": [], "kwargs": {}, "result": null,
                 "context": {"user_id": null, "session_id": null, "module_name": null, "request_data": null, "plugin_id": "notes",
                             "tenant": "default", "config": {}, "timestamp": "2026-11-22T12:00:00.123456Z", "invocation_id": "i-1"}}
                """);

        JsonNode echoed = echo(language, call);

        assertThat(echoed).isEqualTo(((ObjectNode) flat(call)).putNull("event_id"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void each_type_of_hook_is_answered_as_the_platform_reads_it(String language) throws IOException {
        assertThat(hook(language, "hook_before", "\"args\": [\"stop\"]")).isEqualTo(json("{\"stop\": \"enough\"}"));
        assertThat(hook(language, "hook_before", "\"args\": [\"change\"]"))
                .isEqualTo(json("{\"args\": [\"changed\"], \"kwargs\": {\"n\": 1}}"));
        assertThat(hook(language, "hook_before", "\"args\": []")).isEqualTo(json("{}"));
        assertThat(hook(language, "hook_pass", "")).isEqualTo(json("{\"pass\": true}"));
        assertThat(hook(language, "hook_filter", "\"result\": [1, {}]"))
                .isEqualTo(json("{\"result\": {\"was\": [1, {}]}}"));
        assertThat(hook(language, "hook_filter", "\"result\": null")).isEqualTo(json("{}"));
        assertThat(output(MODULES.of(language).hook("hook_after", "\"result\": 1")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_handler_that_fails_says_why(String language) {
        CallResult result = MODULES.of(language).hook("hook_after", "\"result\": null");

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isInstanceOfSatisfying(
                                        Trap.PluginError.class,
                                        error -> assertThat(error.text()).contains("nothing happened")));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void texts_are_read_with_every_escape_and_written_again(String language) throws IOException {
        JsonNode values = values(language, """
                {"numbers": [], "texts":["", "\\u0000\\u001f\\u007f", "\\b\\f\\n\\r\\t\\/\\"\\\\", "\\u00e9\\u20AC", "\\ud83d\\udc38",
                 "aé€🐸", "\\\\u0041", "]}"]}""");

        assertThat(values.path("texts"))
                .extracting(JsonNode::asText)
                .containsExactly("", "\u0000\u001f\u007f", "\b\f\n\r\t/\"\\", "é€", "🐸", "aé€🐸", "\\u0041", "]}");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void numbers_are_read_and_written_again(String language) throws IOException {
        List<Double> numbers = List.of(
                0.0,
                -1.0,
                0.5,
                -0.125,
                0.1,
                0.000001,
                1e-9,
                2e-5,
                0.999999999,
                123456789.125,
                9007199254740991.0,
                1e15,
                1e21,
                -5e300);

        JsonNode values = values(language, "{\"texts\": [], \"numbers\": " + JSON.writeValueAsString(numbers) + "}");

        assertThat(values.path("numbers")).hasSize(numbers.size());
        for (int at = 0; at < numbers.size(); at++) {
            double number = numbers.get(at);
            assertThat(values.path("numbers").path(at).asDouble())
                    .isCloseTo(number, within(Math.max(1e-10, Math.abs(number) * 1e-12)));
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void an_endpoints_request_is_read_and_answered(String language) throws IOException {
        JsonNode answer = json(output(MODULES.of(language).call("endpoint_echo", """
                {"method": "POST", "path": "/notes/7", "path_params": {"id": "7"}, "query": {"p": ["0"], "q": ["é", "two"]},
                 "headers": {"accept": "text/plain"}, "body": "{\\"a\\": 1}", "user_id": "ada"}""")));

        assertThat(answer.path("status").asInt()).isEqualTo(201);
        assertThat(answer.path("headers")).isEqualTo(json("{\"content-type\": \"application/json\"}"));
        assertThat(json(answer.path("body").asText())).isEqualTo(json("""
                {"method": "POST", "path": "/notes/7", "id": "7", "q": "é", "accept": "text/plain", "body": "{\\"a\\": 1}",
                 "body_base64": null, "user_id": "ada"}"""));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void what_a_request_does_not_have_is_read_as_nothing(String language) throws IOException {
        JsonNode answer = json(output(MODULES.of(language).call("endpoint_echo", """
                {"method": "GET", "path": "/", "path_params": {}, "query": {}, "headers": {}, "body_base64": "AP8=",
                 "user_id": null}""")));

        assertThat(json(answer.path("body").asText())).isEqualTo(json("""
                {"method": "GET", "path": "/", "id": null, "q": null, "accept": null, "body": null, "body_base64": "AP8=",
                 "user_id": null}"""));
    }

    /** So many answers of 128 KiB fit into the memory that the modules' manifests ask for only when their blocks are freed. */
    @ParameterizedTest
    @CsvSource({"rust, 150", "go, 24", "c, 100", "assemblyscript, 20"})
    void the_blocks_of_a_call_can_be_had_again(String language, int times) throws IOException {
        byte[] answer = ("{\"ok\": {\"value\": \"" + "x".repeat(128 << 10) + "\", \"revision\": 1}}").getBytes(UTF_8);
        FolderPlugin plugin = MODULES.of(language).answering((function, input) -> answer);

        CallResult result = plugin.hook("hook_calls", "\"result\": " + times);

        assertThat(json(output(result)).path("result").asInt()).isEqualTo(times);
    }

    private static JsonNode echo(String language, JsonNode call) throws IOException {
        return json(output(MODULES.of(language).call("hook_echo", call.toString())))
                .path("result");
    }

    private static JsonNode values(String language, String result) throws IOException {
        String call =
                "{\"hook_name\": \"h\", \"type\": \"replace\", \"target\": null, \"args\": [], \"kwargs\": {}, \"result\": "
                        + result
                        + ", \"context\": {\"user_id\": null, \"request_data\": null, \"plugin_id\": \"notes\", \"tenant\": \"t\","
                        + " \"config\": {}, \"timestamp\": \"2026-11-22T12:00:00Z\", \"invocation_id\": \"i-1\"}}";
        return json(output(MODULES.of(language).call("hook_values", call))).path("result");
    }

    private static JsonNode hook(String language, String handler, String fields) throws IOException {
        return json(output(MODULES.of(language).hook(handler, fields)));
    }

    /** With the members of the context beside the others. */
    private static JsonNode flat(JsonNode call) {
        ObjectNode flat = call.deepCopy();
        flat.setAll((ObjectNode) flat.remove("context"));
        return flat;
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }
}
