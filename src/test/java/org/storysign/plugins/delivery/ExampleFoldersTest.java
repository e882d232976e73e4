package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.plugin.PackageCheck;
import org.storysign.plugins.plugin.PackageFolder;
import org.storysign.plugins.plugin.PackageInspector;

/** What holds for the folder of every example, on a machine without any of their toolchains. */
class ExampleFoldersTest {

    private static final Path PLUGINS = Path.of("wasm-plugins");
    private static final Path SDK = PLUGINS.resolve("sdk");
    private static final Path KITS = Path.of("src", "test", "resources", "kits");
    private static final Set<String> NOT_SOURCES =
            Set.of("plugin.wasm", "build.json", "manifest.json", "README.md", "Cargo.lock", "package-lock.json");
    private static final Set<Path> NOT_OURS = Set.of(Path.of("target"), Path.of("node_modules"), Path.of("signatures"));
    /** The file by which {@code wasm-plugins/build} knows a language. */
    private static final Map<String, String> LANGUAGES =
            Map.of("package.json", "assemblyscript", "Cargo.toml", "rust", "go.mod", "go");

    /** What {@code serve} installs. */
    static List<PackageFolder> installed() {
        return PackageFolder.in(PLUGINS);
    }

    static List<PackageFolder> examples() {
        return Stream.of(PLUGINS, SDK.resolve("examples"))
                .map(PackageFolder::in)
                .flatMap(List::stream)
                .toList();
    }

    static List<Path> built() {
        return Stream.concat(
                        examples().stream(),
                        Stream.of(KITS, SDK.resolve("calls"))
                                .map(PackageFolder::in)
                                .flatMap(List::stream))
                .map(PackageFolder::path)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_installation_has_nothing_to_say_against_it(PackageFolder folder) {
        PackageCheck check = new PackageInspector().check(folder.read());

        assertThat(check.problems()).isEmpty();
        assertThat(check.scan().orElseThrow().findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void its_manifest_names_the_digests_of_its_module_and_files(PackageFolder folder) throws IOException {
        PluginManifest manifest = new ManifestReader().read(folder.read().manifest());

        assertThat(manifest.id().value()).isEqualTo(folder.name());
        assertThat(manifest.digest()).contains(digest(folder.path().resolve(manifest.entryPoint())));
        for (String file : manifest.files().keySet()) {
            assertThat(manifest.files().get(file))
                    .isEqualTo(digest(folder.path().resolve(file)));
        }
    }

    @ParameterizedTest
    @MethodSource("built")
    void its_module_is_the_one_that_was_built_from_these_sources(Path folder) throws IOException {
        JsonNode record =
                new ObjectMapper().readTree(folder.resolve("build.json").toFile());

        assertThat(record.path("module").asText())
                .isEqualTo(digest(folder.resolve("plugin.wasm")).toString());
        assertThat(record.path("sources").asText())
                .isEqualTo(digestOfSources(folder).toString());
        if (record.has("sdk")) {
            assertThat(record.path("sdk").asText())
                    .isEqualTo(digestOfSources(SDK.resolve(language(folder))).toString());
        }
        assertThat(record.path("toolchain").properties())
                .isNotEmpty()
                .allSatisfy(tool -> assertThat(tool.getValue().asText()).matches("v?[0-9]+\\.[0-9]+\\.[0-9]+"));
    }

    private static String language(Path folder) {
        return LANGUAGES.entrySet().stream()
                .filter(language -> Files.exists(folder.resolve(language.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("c");
    }

    /** As {@code wasm-plugins/build} takes it. */
    private static Digest digestOfSources(Path folder) throws IOException {
        StringBuilder list = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> NOT_OURS.stream().noneMatch(other -> isWithin(folder.relativize(file), other)))
                    .filter(file -> !NOT_SOURCES.contains(file.getFileName().toString()))
                    .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
                    .toList()) {
                list.append(digest(file).value().substring("sha256:".length()))
                        .append("  ")
                        .append(folder.relativize(file))
                        .append('\n');
            }
        }
        return Digest.of(list.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isWithin(Path file, Path name) {
        return StreamSupport.stream(file.spliterator(), false).anyMatch(name::equals);
    }

    private static Digest digest(Path file) throws IOException {
        return Digest.of(Files.readAllBytes(file));
    }
}
