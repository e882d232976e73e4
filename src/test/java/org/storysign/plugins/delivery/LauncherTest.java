package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./storysign} as a command: from anywhere, with anything. */
class LauncherTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    FakeMachine machine;

    @BeforeEach
    void a_machine_with_tools_and_a_fresh_build() {
        machine = new FakeMachine(directory);
        machine.maven("3.8.6");
        machine.jdk("jvm/jdk-25", "25.0.3");
        machine.built(LONG_AGO);
    }

    @Test
    void a_link_to_the_launcher_works_from_anywhere() {
        machine.link("home/bin/storysign", machine.path("checkout/storysign"));

        var answer = machine.run(machine.path("home/bin/storysign"), "test", "--quick", "-Dtest=Foo");

        assertThat(answer.output())
                .contains("mvn -B -ntp test -Dtest.excluded.groups=full,service,proof")
                .contains("-Dtest=Foo with " + machine.path("jvm/jdk-25"));
    }

    @Test
    void the_authors_commands_are_given_their_arguments_as_they_are() {
        var answer = machine.storysign("plugin", "call", "a dir", "run");

        assertThat(answer.output().lines())
                .containsSequence("org.storysign.plugins.cli.PluginCommand", "call", "a dir", "run");
    }

    @Test
    void an_unknown_command_is_refused() {
        var answer = machine.storysign("servw");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output()).contains("unknown command servw");
    }
}
