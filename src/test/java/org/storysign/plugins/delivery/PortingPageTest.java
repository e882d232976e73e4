package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.manifest.HookType;
import org.storysign.plugins.manifest.ManifestSchema;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.FunctionDescription;

/** The page for authors of the Python system says all there is, and shows code that is there. */
class PortingPageTest {

    private static final Path PAGE = Path.of("docs", "porting-from-python.md");
    private static final Pattern LINK = Pattern.compile("\\]\\((\\.\\./[^)#]+)");

    private String page = "";

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(PAGE);
    }

    @Test
    void every_field_of_the_manifest_is_mapped() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(ManifestSchema.text())
                        .path("properties")
                        .fieldNames())
                .toIterable()
                .hasSizeGreaterThan(20)
                .allSatisfy(field -> assertThat(section("The manifest")).contains("`" + field + "`"));
    }

    @Test
    void every_permission_and_every_type_of_hook_is_mapped() {
        assertThat(PermissionName.values())
                .allSatisfy(name -> assertThat(section("The manifest")).contains("`" + name.publicName() + "`"));
        assertThat(HookType.values())
                .allSatisfy(type -> assertThat(section("Hooks")).contains("| `" + type.publicName() + "` |"));
    }

    @Test
    void the_platform_functions_of_this_version_are_those_it_says_yes_to() {
        List<String> offered = FunctionDescription.all().stream()
                .map(FunctionDescription::name)
                .toList();
        List<String> rows = section("Platform calls")
                .lines()
                .filter(line -> line.startsWith("| "))
                .toList();

        for (String row : rows) {
            Pattern.compile("`([a-z]+_[a-z_]+)`")
                    .matcher(row)
                    .results()
                    .map(name -> name.group(1))
                    .filter(name -> !List.of("config_get", "http_request").contains(name))
                    .forEach(name -> assertThat(row.contains("*later*")).as(row).isEqualTo(!offered.contains(name)));
        }
        assertThat(offered)
                .allSatisfy(name -> assertThat(section("Platform calls")).contains("`" + name + "`"));
    }

    @ParameterizedTest
    @CsvSource({"go, wasm-plugins/phrase-of-the-day/main.go", "rust, wasm-plugins/enhanced-progress/src/storage.rs"})
    void the_code_it_shows_is_the_code_of_the_example(String language, Path source) throws IOException {
        String shown = Arrays.stream(page.split("```"))
                .filter(block -> block.startsWith(language + "\n"))
                .map(block -> block.substring(language.length() + 1))
                .findFirst()
                .orElseThrow();

        assertThat(Files.readString(source)).contains(shown);
    }

    @Test
    void its_links_lead_somewhere_and_the_readme_leads_to_it() throws IOException {
        assertThat(LINK.matcher(page).results().map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(PAGE.resolveSibling(link.substring(2))).exists());
        assertThat(Files.readString(Path.of("README.md"))).contains("(docs/porting-from-python.md)");
    }

    @Test
    void it_says_plainly_that_python_is_not_offered() {
        assertThat(page).contains("**Python itself is not offered.**");
    }

    private String section(String title) {
        int start = page.indexOf("\n## " + title + "\n");
        assertThat(start).isPositive();
        int end = page.indexOf("\n## ", start + 1);
        return end < 0 ? page.substring(start) : page.substring(start, end);
    }
}
