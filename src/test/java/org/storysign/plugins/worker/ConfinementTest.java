package org.storysign.plugins.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.sandbox.chicory.EngineClassPath;

@EnabledOnOs(OS.LINUX)
class ConfinementTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void a_process_that_is_shut_in_can_compute_and_nothing_else() throws Exception {
        Files.writeString(folder.resolve("secret"), "x");
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Process probe = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:-UsePerfData",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            EngineClassPath.with(ConfinementProbe.class),
                            ConfinementProbe.class.getName(),
                            String.valueOf(server.getLocalPort()),
                            folder.toString(),
                            String.valueOf(ProcessHandle.current().pid()))
                    .redirectErrorStream(true)
                    .start();
            String said;
            try (InputStream output = probe.getInputStream()) {
                said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            }

            assertThat(said.lines()).contains("confined=true");
            assertThat(said.lines().filter(line -> line.startsWith("before: ")))
                    .allMatch(line -> line.endsWith("=yes"));
            assertThat(said.lines().filter(line -> line.startsWith("after: ") && line.endsWith("=yes")))
                    .containsExactly("after: make a thread=yes", "after: use memory=yes");
            assertThat(said.lines().filter(line -> line.startsWith("after: "))).hasSize(11);
        }
    }

    @Test
    void the_filter_names_each_call_once_and_fits_the_kernels_jumps() {
        Optional<SystemCalls> calls = SystemCalls.ofThisMachine();

        assertThat(calls).isPresent();
        assertThat(Arrays.stream(calls.get().allowed()).boxed()).doesNotHaveDuplicates();
        assertThat(SystemCallFilter.of(calls.get(), 1).length % SystemCallFilter.INSTRUCTION)
                .isZero();
    }

    @Test
    void a_worker_is_given_the_folders_or_jars_it_needs_and_no_others() {
        assertThat(Stream.of(EngineClassPath.with().split(java.io.File.pathSeparator)))
                .noneMatch(entry -> entry.contains("postgres") || entry.contains("quarkus-rest"));
    }
}
