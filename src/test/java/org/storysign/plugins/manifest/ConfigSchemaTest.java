package org.storysign.plugins.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.problem.Violations;

class ConfigSchemaTest {

    private static final String WORDS = """
            {"type": "object", "additionalProperties": false, "required": ["words"],
             "properties": {"words": {"type": "array", "items": {"type": "string"}, "default": ["darn"]},
                            "mask": {"type": "string", "maxLength": 1, "default": "*"},
                            "nested": {"type": "object", "properties": {"depth": {"default": 3}}}}}
            """;

    @Test
    void a_configuration_that_fits_has_no_violations() {
        ConfigSchema schema = schema(WORDS);

        assertThat(schema.check(json("{\"words\": [\"a\"], \"mask\": \"#\"}"))).isEmpty();
    }

    @Test
    void every_violation_is_told_with_its_pointer() {
        ConfigSchema schema = schema(WORDS);

        assertThat(schema.check(json("{\"words\": [\"a\", 1], \"mask\": \"##\", \"x\": 1}")))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/words/1", "/mask", "");
    }

    @Test
    void numbers_that_are_too_large_for_the_library_are_refused_as_any_other() {
        ConfigSchema schema = schema("""
                {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}, "m": {"maximum": 5, "multipleOf": 0.1},
                                                  "k": {"exclusiveMinimum": -1, "exclusiveMaximum": 10}}}
                """);

        for (String number :
                new String[] {"1e300", "-1e300", "1e399", "1e-399", "0.1e-300", "123456789012345678901234567890"}) {
            assertThatCode(() -> schema.check(json("{\"n\": %1$s, \"m\": %1$s, \"k\": %1$s}".formatted(number))))
                    .as(number)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void defaults_fill_what_is_absent_and_nothing_else() {
        ConfigSchema schema = schema(WORDS);

        assertThat(schema.withDefaults(json("{\"mask\": \"#\", \"nested\": {}}")))
                .isEqualTo(json("{\"mask\": \"#\", \"nested\": {\"depth\": 3}, \"words\": [\"darn\"]}"));
    }

    @Test
    void defaults_behind_a_reference_are_found() {
        ConfigSchema schema = schema("""
                {"allOf": [{"$ref": "#/$defs/base"}], "$defs": {"base": {"properties": {"level": {"default": 2}}}}}
                """);

        assertThat(schema.withDefaults(json("{}"))).isEqualTo(json("{\"level\": 2}"));
    }

    @Test
    void filling_in_defaults_leaves_the_given_configuration_alone() {
        ObjectNode given = json("{}");

        schema(WORDS).withDefaults(given);

        assertThat(given).isEqualTo(json("{}"));
    }

    @Test
    void a_secret_is_known_in_whatever_branch_the_schema_names_it() {
        ConfigSchema schema = schema("""
                {"properties": {"token": {"type": "string", "writeOnly": true},
                                "hosts": {"type": "array", "items": {"properties": {"key": {"$ref": "#/$defs/secret"}}}},
                                "free": {"type": "string"}},
                 "patternProperties": {"^x-": {"anyOf": [{"writeOnly": true}]}},
                 "$defs": {"secret": {"writeOnly": true}}}
                """);

        assertThat(schema.secrets(
                        json("{\"token\": \"t\", \"free\": \"f\", \"x-a\": 1, \"hosts\": [{\"key\": \"k\"}]}")))
                .containsExactlyInAnyOrder("/token", "/x-a", "/hosts/0/key");
        assertThat(schema.secrets(json("{\"free\": \"f\"}"))).isEmpty();
    }

    @Test
    void where_the_whole_configuration_is_a_secret_each_member_is_one() {
        ConfigSchema schema = schema("{\"type\": \"object\", \"writeOnly\": true}");

        assertThat(schema.secrets(json("{\"a\": 1, \"b/c\": {}}"))).containsExactlyInAnyOrder("/a", "/b~1c");
    }

    @Test
    void a_secret_that_does_not_fit_is_told_without_being_quoted() {
        ConfigSchema schema = schema("{\"properties\": {\"token\": {\"writeOnly\": true, \"type\": \"object\","
                + " \"properties\": {\"n\": {\"const\": 7}}}}}");

        assertThat(schema.check(json("{\"token\": {\"n\": \"geheim\"}}")))
                .singleElement()
                .satisfies(violation -> assertThat(violation.pointer()).startsWith("/token"))
                .satisfies(violation -> assertThat(violation.detail()).doesNotContain("geheim", "7"));
    }

    @Test
    void a_secret_has_no_default() {
        ConfigSchema schema = schema("{\"properties\": {\"token\": {\"writeOnly\": true, \"default\": \"t\"}}}");

        assertThat(schema.withDefaults(json("{}"))).isEqualTo(json("{}"));
    }

    @Test
    void a_pattern_that_goes_back_and_forth_refuses_the_value_soon() {
        ConfigSchema schema = schema("{\"properties\": {\"a\": {\"pattern\": \"^(a+)+(b|c)+$\"}}}");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(schema.check(json("{\"a\": \"" + "a".repeat(60_000) + "!\"}")))
                        .extracting(Violation::pointer)
                        .containsExactly("/a"));
        assertThat(schema.check(json("{\"a\": \"aaab\"}"))).isEmpty();
    }

    @Test
    void a_pattern_that_recurses_for_every_character_refuses_the_value() {
        ConfigSchema schema = schema("{\"properties\": {\"a\": {\"pattern\": \"^(a|b)*$\"}}}");

        assertThat(schema.check(json("{\"a\": \"" + "ab".repeat(90_000) + "\"}")))
                .isNotEmpty();
        assertThat(schema.check(json("{\"a\": \"abab\"}"))).isEmpty();
    }

    @Test
    void names_that_look_like_keywords_are_names_under_properties() {
        ObjectNode schema =
                json("{\"properties\": {\"$id\": {\"type\": \"string\"}, \"$ref\": {\"default\": {\"$id\": 1}}}}");

        assertThat(ConfigSchema.problems(schema)).isEmpty();
    }

    @Test
    void a_reference_used_twice_is_not_recursion() {
        ObjectNode schema = json(
                "{\"properties\": {\"a\": {\"$ref\": \"#/$defs/w\"}, \"b\": {\"$ref\": \"#/$defs/w\"}}, \"$defs\": {\"w\": {\"type\": \"string\"}}}");

        assertThat(ConfigSchema.problems(schema)).isEmpty();
        assertThat(new ConfigSchema(schema).check(json("{\"a\": \"x\", \"b\": 1}")))
                .extracting(Violation::pointer)
                .containsExactly("/b");
    }

    private static ConfigSchema schema(String text) {
        ObjectNode schema = json(text);
        assertThat(ConfigSchema.problems(schema)).isEmpty();
        return new ConfigSchema(schema);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) new StrictJson(20).read(text, new Violations());
    }
}
