package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.problem.Violations;

class CloudEventTest {

    private static final String GOOD = """
            {"specversion": "1.0", "id": "7", "source": "/asl-world", "type": "story_generation", "time": "2026-11-22T12:00:00Z",
             "subject": "s", "traceparent": "00-1", "datacontenttype": "application/json", "dataschema": "urn:storysign:hook:filter",
             "data": {"result": "a frog", "user_id": "ada"}}
            """;

    @Test
    void an_event_is_the_call_of_the_hook_that_it_names() {
        CloudEvent event = CloudEvent.read(json(GOOD));

        assertThat(event.hook()).isEqualTo(HookName.parse("story_generation").orElseThrow());
        assertThat(event.call())
                .isEqualTo(json("{\"result\": \"a frog\", \"user_id\": \"ada\", \"type\": \"filter\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"urn:storysign:hook:after", "https://storysign.example/schemas/hooks/after", "after", "x:/after"
            })
    void the_end_of_the_schema_is_the_hooks_type(String schema) {
        assertThat(CloudEvent.read(json(GOOD.replace("urn:storysign:hook:filter", schema)))
                        .call()
                        .path("type")
                        .asText())
                .isEqualTo("after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"specversion\": \"1.0\"  | \"specversion\": \"0.3\"  | /specversion",
                "\"specversion\": \"1.0\", |                           | /specversion",
                "\"id\": \"7\"             | \"id\": \"\"              | /id",
                "\"id\": \"7\"             | \"id\": 7                 | /id",
                "\"source\": \"/asl-world\",|                          | /source",
                "\"type\": \"story_generation\" | \"type\": \"Story!\" | /type",
                "hook:filter               | hook:filters              | /dataschema",
                "application/json          | text/xml                  | /datacontenttype",
                "\"subject\": \"s\"        | \"data_base64\": \"AAAA\" | /data_base64",
                "\"subject\": \"s\"        | \"Subject\": \"s\"        | /Subject",
                "\"result\": \"a frog\"    | \"type\": \"filter\"      | /data/type"
            })
    void what_is_no_such_event_is_refused_at_its_place(String from, String to, String pointer) {
        String text = GOOD.replace(from, to == null ? "" : to);

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> CloudEvent.read(json(text)));

        assertThat(problem.violations()).extracting(Violation::pointer).containsExactly(pointer);
    }

    @Test
    void an_id_and_a_source_have_500_characters_and_no_more() {
        String longest = GOOD.replace("\"7\"", "\"" + "7".repeat(500) + "\"").replace("/asl-world", "/".repeat(500));

        assertThat(CloudEvent.read(json(longest)).hook().value()).isEqualTo("story_generation");
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> CloudEvent.read(json(longest.replace("77777", "777777").replace("////\"", "/////\""))));
        assertThat(problem.violations()).extracting(Violation::pointer).containsExactly("/id", "/source");
    }

    private static ObjectNode json(String text) {
        Violations violations = new Violations();
        ObjectNode read = (ObjectNode) new StrictJson(20).read(text, violations);
        assertThat(violations.list()).isEmpty();
        return read;
    }
}
