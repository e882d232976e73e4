package org.storysign.plugins.plugin.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciReferenceTest {

    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example/quiz:1.2.0",
                "registry.example:5000/team/plugins/quiz:latest",
                "localhost/quiz:1",
                "localhost:5000/a-b__c.d:1",
                "10.0.0.1/quiz:1"
            })
    void names_say_their_registry_and_a_tag_or_digest(String name) {
        assertThat(OciReference.parse(name).map(OciReference::toString)).contains(name);
        assertThat(OciReference.parse(name + DIGEST).map(OciReference::manifest))
                .contains(DIGEST.substring(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quiz:1",
                "team/quiz:1",
                "registry.example/quiz",
                "registry.example/Quiz:1",
                "registry.example/../quiz:1",
                "registry.example/a//b:1",
                "registry.example/quiz:1/x",
                "registry.example/quiz:",
                "registry.example/quiz@sha256:12",
                "registry.example/quiz@sha512:1",
                "user@registry.example/quiz:1",
                "https://registry.example/quiz:1",
                "registry.example/quiz:1\r\n",
                "registry.example/quiz:a?b"
            })
    void anything_else_is_no_name(String name) {
        assertThat(OciReference.parse(name)).isEmpty();
    }

    @Test
    void a_long_name_is_refused_at_once() {
        assertThat(OciReference.parse("localhost/" + "a-".repeat(200_000) + ":1"))
                .isEmpty();
        assertThat(OciReference.parse("localhost/" + "a".repeat(480) + "!")).isEmpty();
    }
}
