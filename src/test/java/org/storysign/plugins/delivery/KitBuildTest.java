package org.storysign.plugins.delivery;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The modules that {@link KitsTest} runs come out of the kits named beside them, byte for byte; and those that call every function of the
 * platform, out of the SDKs.
 */
@Tag("full")
class KitBuildTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "go-files", "c"})
    void a_kits_module_is_what_its_sources_give(String kit) throws Exception {
        PluginBuild build = PluginBuild.copiedTo(directory.resolve("wasm-plugins"));
        Path sources = directory.resolve("kits").resolve(kit);
        PluginBuild.copy(Path.of("src", "test", "resources", "kits", kit), sources);

        build.check(sources.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "c"})
    void an_sdks_module_of_calls_is_what_its_sources_give(String language) throws Exception {
        Path plugins = directory.resolve("wasm-plugins");

        PluginBuild.copiedTo(plugins)
                .check(plugins.resolve("sdk/calls").resolve(language).toString());
    }
}
