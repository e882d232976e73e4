package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** What the examples cost is the same wherever and however often they run, to the unit. The figures are kept, so that a change shows. */
@Tag("proof")
class ExampleFuelTest {

    private static final String FIGURES = "example-fuel.txt";

    @TempDir
    Path directory;

    /** Loading it anew is a start of its own: engine, module, sandbox and storage are new. */
    @ParameterizedTest
    @EnumSource(names = {"INTERPRETED", "COMPILED"})
    void two_starts_of_either_engine_use_the_same_fuel(Tiering tiering) {
        List<String> first = ExampleFuel.lines(tiering);
        List<String> second = ExampleFuel.lines(tiering);

        assertThat(second).isEqualTo(first);
        Golden.assertUnchanged(FIGURES, first);
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERPRETED", "COMPILED"})
    void another_process_uses_the_same_fuel(Tiering tiering) throws Exception {
        List<String> there = inAnotherProcess(tiering);

        Golden.assertUnchanged(FIGURES, there);
    }

    @Test
    void the_figures_are_of_every_example_that_is_installed() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/test/resources/golden", FIGURES)))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyElementsOf(ExampleFoldersTest.installed().stream()
                        .map(folder -> folder.name())
                        .toList());
    }

    private List<String> inAnotherProcess(Tiering tiering) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-DontCompileHugeMethods",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExampleFuel.class.getName(),
                        tiering.name())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
