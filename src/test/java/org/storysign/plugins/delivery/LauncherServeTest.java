package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./storysign serve}: what it builds, checks and starts. */
class LauncherServeTest {

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
    void the_service_takes_the_launchers_place_so_that_ctrl_c_reaches_it() {
        var answer = machine.storysign("serve", "--port", "0");

        assertThat(answer.output()).contains("process " + answer.process() + "\n");
    }

    @Test
    void the_service_is_told_what_the_options_say() {
        var answer = machine.storysign(
                "serve",
                "--port",
                "0",
                "--data-dir",
                "here",
                "--database-url",
                "postgresql://db/plugins",
                "-Dany=thing");

        assertThat(answer.output().lines())
                .contains(
                        "-XX:-DontCompileHugeMethods",
                        "-Dstorysign.serve=true",
                        "-Dquarkus.http.port=0",
                        "-Dstorysign.data-dir=" + machine.path("bin/here"),
                        "-Dstorysign.database.url=postgresql://db/plugins",
                        "-Dstorysign.plugins-dir=" + machine.path("checkout/wasm-plugins"),
                        "-Dany=thing");
    }

    @Test
    void the_heap_grows_with_the_calls_that_run_at_once() {
        machine.script("bin/nproc", "echo 4");

        var answer = machine.storysign("serve", "--port", "0");

        assertThat(answer.output().lines()).contains("-Xmx2560m");
    }

    @Test
    void the_heap_that_is_asked_for_is_given() {
        var answer = machine.storysign("serve", "--port", "0", "--heap", "700");

        assertThat(answer.output().lines()).contains("-Xmx700m");
    }

    @Test
    void what_is_fresh_is_not_built_again() {
        var answer = machine.storysign("serve", "--port", "0");

        assertThat(answer.output()).doesNotContain("mvn ", "Building");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "src/main/App.java", ".mvn/jvm.config", "src/main"})
    void what_is_older_than_its_sources_is_built_first(String source) {
        machine.age("checkout/" + source, LONG_AGO.plusSeconds(1));

        var answer = machine.storysign("serve", "--port", "0");

        assertThat(answer.output()).containsSubsequence("Building", "mvn -B -ntp -q -DskipTests package", "process ");
    }

    @Test
    void a_build_that_fails_starts_nothing() {
        machine.age("checkout/pom.xml", LONG_AGO.plusSeconds(1));
        machine.script("bin/mvn", "[ \"$1\" != --version ] || { echo Apache Maven 3.9.9; exit; }\nexit 1");

        var answer = machine.storysign("serve", "--port", "0");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output()).contains("the build failed").doesNotContain("process ");
    }

    @Test
    void a_port_that_is_taken_is_named_before_anything_is_started() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var answer = machine.storysign("serve", "--port", Integer.toString(other.getLocalPort()));

            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.output())
                    .contains("port " + other.getLocalPort() + " is taken", "--port N")
                    .doesNotContain("process ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "http", "-1", ""})
    void a_port_that_is_none_is_refused(String port) {
        var answer = machine.storysign("serve", "--port", port);

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output()).contains("--port is " + port, "0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "--port"})
    void an_option_that_is_unknown_or_lacks_its_value_is_refused(String option) {
        var answer = machine.storysign("serve", option);

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output()).contains(option).doesNotContain("process ");
    }
}
