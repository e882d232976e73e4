package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code wasm-plugins/build} on a copy of all sources, so that nothing of this checkout is touched. Where a toolchain is missing the test
 * is skipped and says what to install; where {@code REQUIRE_PLUGIN_TOOLCHAINS=1} it fails.
 *
 * @param plugins the copy of {@code wasm-plugins}
 */
record PluginBuild(Path plugins) {

    private static final int NOT_HERE = 3;

    /** Crates are compiled once for all builds of a test run. */
    private static final Path RUST_TARGET = Path.of("target", "rust-target").toAbsolutePath();

    /** How a build ended and what it said. */
    record Answer(int exit, String output) {}

    static PluginBuild copiedTo(Path directory) {
        copy(Path.of("wasm-plugins"), directory);
        return new PluginBuild(directory);
    }

    /** Copies what is not made by a build. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith(".build")) {
                    Files.createDirectories(to.resolve(relative).getParent());
                    Files.copy(file, to.resolve(relative));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the script; skips the test when it lacks a toolchain. */
    Answer run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", plugins.resolve("build").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CARGO_TARGET_DIR", RUST_TARGET.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        assumeTrue(exit != NOT_HERE, output);
        return new Answer(exit, output);
    }

    /** Builds anew and compares bytes with what is committed. */
    void check(String plugin) throws IOException, InterruptedException {
        Answer answer = run("--check", plugin);

        assertThat(answer.output()).contains(plugin + ": the sources give the committed module");
        assertThat(answer.exit()).isZero();
    }
}
