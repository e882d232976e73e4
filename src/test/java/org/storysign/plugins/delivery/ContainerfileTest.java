package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be said of the image without building it. */
class ContainerfileTest {

    @Test
    void the_image_runs_as_the_user_that_the_chart_names() throws IOException {
        String user =
                Chart.with(Map.of()).pod().at("/securityContext/runAsUser").asText();

        assertThat(lines()).contains("USER " + user + ":" + user);
    }

    @Test
    void the_image_never_starts_a_database_of_its_own() throws IOException {
        assertThat(lines()).noneMatch(line -> !line.startsWith("#") && line.contains("storysign.serve"));
        assertThat(lines()).noneMatch(line -> line.contains("STORYSIGN_SERVE"));
    }

    @Test
    void the_service_is_the_first_process_and_compiles_huge_methods() throws IOException {
        String entryPoint = lines().stream()
                .filter(line -> line.startsWith("ENTRYPOINT"))
                .findFirst()
                .orElseThrow();

        assertThat(entryPoint).startsWith("ENTRYPOINT [\"java\", ").contains("-XX:-DontCompileHugeMethods");
    }

    @Test
    void what_the_build_stage_needs_is_not_ignored() throws IOException {
        List<String> kept = Files.readAllLines(Path.of(".containerignore"));

        assertThat(kept).first().isEqualTo("*");
        assertThat(lines().stream()
                        .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                        .map(line -> line.split(" ", -1)[1]))
                .allSatisfy(source -> assertThat(kept).contains("!" + source))
                .hasSize(4);
        assertThat(Files.readString(Path.of(".dockerignore"))).isEqualTo(Files.readString(Path.of(".containerignore")));
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(Path.of("deploy", "Containerfile"));
    }
}
