package org.storysign.plugins.platform.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.platform.PlatformDescription;

/**
 * Every function through every SDK: what reaches the platform is the input that was written in the language, and what the guest has read
 * is what the platform answered.
 */
class SdkConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SdkPlatform PLATFORM =
            SdkPlatform.of(PlatformDescription.read(), new FakePlatform().functions());
    private static final Pattern WHOLE = Pattern.compile("\\.0(?=[,\\]}])");
    private static final Samples SAMPLES = new Samples(PLATFORM);
    private static final SdkModules MODULES = new SdkModules();

    /** Inputs as they came, in their order. */
    private final List<JsonNode> inputs = new ArrayList<>();

    @AfterAll
    static void close() {
        MODULES.close();
    }

    static Stream<Arguments> calls() {
        return calls(function -> true);
    }

    static Stream<Arguments> callsThatMayFindNothing() {
        return calls(function -> function.description().nullable());
    }

    private static Stream<Arguments> calls(Predicate<SdkFunction> which) {
        return SdkLanguage.all().stream()
                .flatMap(language -> PLATFORM.functions().stream()
                        .filter(which)
                        .map(function -> Arguments.of(language.folder(), function.name())));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void the_example_of_the_page_arrives_and_its_answer_is_read(String language, String name) throws Exception {
        SdkFunction function = PLATFORM.function(name);
        ObjectNode answer = SAMPLES.of(function.description().answer());

        JsonNode told =
                call(language, name + "_example", JSON.createObjectNode().set("ok", answer));

        assertThat(inputs).containsExactly(canonical(Examples.input(function)));
        assertThat(told.path("ok")).isEqualTo(canonical(answer));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void every_member_arrives_and_what_may_be_null_is_read_as_null(String language, String name) throws Exception {
        SdkFunction function = PLATFORM.function(name);
        ObjectNode answer = SAMPLES.withNulls(function.description().answer());

        JsonNode told = call(language, name + "_full", JSON.createObjectNode().set("ok", answer));

        assertThat(inputs)
                .containsExactly(canonical(SAMPLES.of(function.description().input())));
        assertThat(told.path("ok")).isEqualTo(canonical(answer));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void members_that_are_not_there_are_read_as_null(String language, String name) throws Exception {
        SdkFunction function = PLATFORM.function(name);
        ObjectNode answer = SAMPLES.withNulls(function.description().answer());

        JsonNode told =
                call(language, name + "_example", JSON.createObjectNode().set("ok", withoutNulls(answer)));

        assertThat(told.path("ok")).isEqualTo(canonical(answer));
    }

    @ParameterizedTest
    @MethodSource("callsThatMayFindNothing")
    void what_may_be_nothing_is_nothing(String language, String name) throws Exception {
        JsonNode nothing = JSON.createObjectNode().set("ok", NullNode.instance);

        JsonNode told = call(language, name + "_example", nothing);

        assertThat(told).isEqualTo(nothing);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_problem_keeps_its_code_and_message(String language, String name) throws Exception {
        JsonNode problem =
                JSON.readTree("{\"error\": {\"code\": \"service-busy\", \"message\": \"`\\\"é\\n🐸` is busy\"}}");

        JsonNode told = call(language, name + "_example", problem);

        assertThat(told).isEqualTo(problem);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void an_answer_that_is_none_is_a_problem_of_the_sdk(String language, String name) throws Exception {
        for (String answer : List.of("{}", "17", "\"\"", "{\"ok\": 17}", "[{\"ok\": {}}]")) {
            JsonNode told = call(language, name + "_example", JSON.readTree(answer));

            assertThat(told.at("/error/code").asText()).as(answer).isEqualTo("answer-unreadable");
        }
    }

    private JsonNode call(String language, String export, JsonNode answer) throws IOException {
        String output = FolderPlugin.output(MODULES.of(language)
                .answering((function, input) -> {
                    assertThat(export).startsWith(function);
                    inputs.add(canonical(JSON.readTree(input)));
                    return JSON.writeValueAsBytes(answer);
                })
                .call(export, ""));
        return canonical(JSON.readTree(output));
    }

    /** With one way to write a number: 1 is 1.0. */
    private static JsonNode canonical(JsonNode node) throws IOException {
        return JSON.readTree(WHOLE.matcher(node.toString()).replaceAll(""));
    }

    private static JsonNode withoutNulls(ObjectNode node) {
        ObjectNode left = JSON.createObjectNode();
        node.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> left.set(member.getKey(), member.getValue()));
        return left;
    }
}
