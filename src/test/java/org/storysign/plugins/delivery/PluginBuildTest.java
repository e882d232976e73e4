package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.delivery.PluginBuild.Answer;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.WasmBinary;

/** {@code wasm-plugins/build}, where the toolchains are (CI installs them). Fetches compilers and kits at pinned versions. */
@Tag("service")
class PluginBuildTest {

    private static final Path COMMITTED = Path.of("wasm-plugins");
    private static final String STORY = "\"result\": \"a banana, a damn banana\"";

    @TempDir
    Path directory;

    private PluginBuild build = new PluginBuild(COMMITTED);

    @BeforeEach
    void a_copy_of_the_sources() {
        build = PluginBuild.copiedTo(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profanity-filter",
                "session-logger",
                "phrase-of-the-day",
                "enhanced-progress",
                "practice-coach",
                "sign-of-the-week",
                "study-groups",
                "streak-keeper"
            })
    void the_committed_module_is_what_its_sources_give(String plugin) throws Exception {
        build.check(plugin);
    }

    @Test
    void another_word_in_the_source_gives_another_module_and_another_answer() throws Exception {
        Path settings = directory.resolve("profanity-filter/assembly/settings.ts");
        Files.writeString(settings, Files.readString(settings).replace("\"arse,", "\"banana,arse,"));
        String manifest = Files.readString(directory.resolve("profanity-filter/manifest.json"));

        Answer changed = build.run("--check", "profanity-filter");
        Answer rebuilt = build.run("profanity-filter");

        assertThat(changed.output()).contains("plugin.wasm is not what its sources give");
        assertThat(changed.exit()).isEqualTo(1);
        assertThat(rebuilt.exit()).as(rebuilt.output()).isZero();
        assertThat(Files.readString(directory.resolve("profanity-filter/manifest.json")))
                .isEqualTo(manifest.replace(digestIn(COMMITTED), digestIn(directory)));
        assertThat(filtered(COMMITTED)).isEqualTo("{\"result\":\"a banana, a **** banana\"}");
        assertThat(filtered(directory)).isEqualTo("{\"result\":\"a ******, a **** ******\"}");
    }

    @Test
    void a_changed_file_of_the_sdk_is_noticed_too() throws Exception {
        Path header = directory.resolve("sdk/c/json.h");
        Files.writeString(header, Files.readString(header) + "\n/* no code */\n");

        Answer answer = build.run("--check", "session-logger");

        assertThat(answer.output()).contains("session-logger: build.json is about other sources");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void a_module_of_another_toolchain_is_not_compared() throws Exception {
        Path record = directory.resolve("session-logger/build.json");
        Files.writeString(record, Files.readString(record).replaceAll("\"clang\": \"[^\"]*\"", "\"clang\": \"1.2.3\""));

        Process process = new ProcessBuilder("bash", directory.resolve("build").toString(), "--check", "session-logger")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        int exit = process.waitFor();

        assertThat(Files.readString(directory.resolve("said")))
                .containsAnyOf("plugin.wasm was made with another toolchain", "clang and wasm-ld are needed");
        assertThat(exit).isEqualTo("1".equals(System.getenv("REQUIRE_PLUGIN_TOOLCHAINS")) ? 1 : 3);
    }

    @Test
    void the_record_of_a_build_names_toolchain_sdk_sources_and_module() throws Exception {
        Files.delete(directory.resolve("session-logger/build.json"));

        Answer rebuilt = build.run("session-logger");

        JsonNode record = new ObjectMapper()
                .readTree(directory.resolve("session-logger/build.json").toFile());
        assertThat(rebuilt.exit()).isZero();
        assertThat(record.fieldNames()).toIterable().containsExactly("toolchain", "sdk", "sources", "module");
        assertThat(record.path("toolchain").fieldNames()).toIterable().containsExactly("clang", "lld");
    }

    @ParameterizedTest
    @ValueSource(strings = {"toolchains", "nobody", "src/nowhere", "--fast"})
    void what_is_no_plugin_and_no_option_is_said(String argument) throws Exception {
        Answer answer = build.run(argument);

        assertThat(answer.output()).startsWith("wasm-plugins/build: ").contains(argument);
        assertThat(answer.exit()).isEqualTo(1);
    }

    private static String filtered(Path plugins) {
        try (FolderPlugin plugin = FolderPlugin.load(plugins.resolve("profanity-filter"), Tiering.INTERPRETED)) {
            return output(plugin.hook("filter_story", STORY));
        }
    }

    private static String digestIn(Path plugins) throws IOException {
        Path module = plugins.resolve("profanity-filter/plugin.wasm");
        return new WasmBinary(Files.readAllBytes(module)).digest().toString();
    }
}
