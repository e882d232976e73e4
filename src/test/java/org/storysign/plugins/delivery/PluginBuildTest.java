package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.wasm.WasmBinary;

/** {@code wasm-plugins/build}, where npm is installed (CI installs it). Works on a copy; fetches the pinned compiler. */
@Tag("service")
class PluginBuildTest {

    @TempDir
    Path plugins;

    @BeforeEach
    void a_copy_of_the_sources() throws IOException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "npm"))));
        Path sources = Path.of("wasm-plugins");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path relative = sources.relativize(file);
                if (relative.getNameCount() < 3
                        || !relative.getName(1).toString().equals("build")) {
                    Files.createDirectories(plugins.resolve(relative).getParent());
                    Files.copy(file, plugins.resolve(relative));
                }
            }
        }
    }

    @Test
    void the_committed_modules_are_what_the_sources_give_and_a_changed_source_gives_another() throws Exception {
        Path settings = plugins.resolve("profanity-filter/assembly/settings.ts");
        String manifest = Files.readString(plugins.resolve("profanity-filter/manifest.json"));

        Answer committed = build("--check");
        Files.writeString(settings, Files.readString(settings).replace("\"arse,", "\"banana,"));
        Answer changed = build("--check");
        Answer rebuilt = build("profanity-filter");

        assertThat(committed.output()).contains("profanity-filter: the sources give the committed module");
        assertThat(committed.exit()).isZero();
        assertThat(changed.output()).contains("plugin.wasm is not what its sources give");
        assertThat(changed.exit()).isEqualTo(1);
        assertThat(rebuilt.exit()).as(rebuilt.output()).isZero();
        assertThat(Files.readString(plugins.resolve("profanity-filter/manifest.json")))
                .isEqualTo(manifest.replace(digestIn(Path.of("wasm-plugins")), digestIn(plugins)));
        assertThat(digestIn(plugins)).isNotEqualTo(digestIn(Path.of("wasm-plugins")));
    }

    private static String digestIn(Path directory) throws IOException {
        Path module = directory.resolve("profanity-filter/plugin.wasm");
        return new WasmBinary(Files.readAllBytes(module)).digest().toString();
    }

    private record Answer(int exit, String output) {}

    private Answer build(String argument) throws Exception {
        Process process = new ProcessBuilder("bash", plugins.resolve("build").toString(), argument)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output);
    }
}
