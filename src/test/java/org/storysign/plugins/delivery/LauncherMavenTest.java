package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Maven {@code ./storysign} takes, and what it makes of its end. */
class LauncherMavenTest {

    @TempDir
    Path directory;

    FakeMachine machine;

    @BeforeEach
    void a_machine_with_a_jdk() {
        machine = new FakeMachine(directory);
        machine.jdk("jvm/jdk-25", "25.0.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.6", "3.10.0", "4.0.0-rc-4"})
    void one_that_is_new_enough_runs_on_the_jdk_found(String version) {
        machine.maven(version);

        var answer = machine.storysign("mvn", "-B", "validate");

        assertThat(answer.exit()).isZero();
        assertThat(answer.output()).contains("mvn -B validate with " + machine.path("jvm/jdk-25"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.5", "3.6.3", "2.9.9"})
    void one_that_is_too_old_is_named(String version) {
        machine.maven(version);

        var answer = machine.storysign("mvn", "validate");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output())
                .contains("no Maven 3.8.6 or later was found", machine.path("bin/mvn") + " is " + version);
    }

    @Test
    void without_one_it_says_how_to_get_it() {
        machine.with("STORYSIGN_MAVEN", "/nowhere/mvn");

        var answer = machine.storysign("test");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output()).contains("no Maven 3.8.6 or later was found", "Install it");
    }

    @Test
    void its_failure_is_the_commands_failure() {
        machine.script("bin/mvn", "[ \"$1\" != --version ] || { echo Apache Maven 3.9.9; exit; }\nexit 7");

        var answer = machine.storysign("test");

        assertThat(answer.exit()).isEqualTo(7);
    }
}
