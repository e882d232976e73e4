package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.storysign.plugins.plugin.TestService.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.plugin.Discovered.Status;
import org.storysign.plugins.plugin.PluginDiscovery.Afterwards;
import org.storysign.plugins.problem.ProblemCode;

class PluginDiscoveryTest {

    private static final PluginId ID = new PluginId("resizer");

    private final TestService service = new TestService();
    private final PluginDiscovery discovery = new PluginDiscovery(service.installer, service.lifecycle);

    @TempDir
    Path directory;

    @Test
    void a_plugin_that_needs_nobody_is_installed_and_enabled() throws IOException {
        write("resizer", TestPackages.of("{}", TestPackages.QUIET));

        assertThat(discover(Afterwards.ENABLE)).extracting(Discovered::status).containsExactly(Status.ENABLED);

        assertThat(service.served(ID)).isPresent();
        assertThat(service.store.audit()).allMatch(entry -> entry.actor().name().equals("system:discovery"));
    }

    @Test
    void where_nothing_is_enabled_by_itself_it_is_only_installed() throws IOException {
        write("resizer", TestPackages.of("{}", TestPackages.QUIET));

        assertThat(discover(Afterwards.LEAVE)).extracting(Discovered::status).containsExactly(Status.INSTALLED);

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Installed());
    }

    @Test
    void the_next_start_finds_the_same_and_changes_nothing() throws IOException {
        write("resizer", TestPackages.of("{}", TestPackages.QUIET));
        discover(Afterwards.ENABLE);
        Plugin before = service.stored(ID);

        assertThat(discover(Afterwards.ENABLE)).extracting(Discovered::status).containsExactly(Status.ENABLED);

        assertThat(service.stored(ID)).isEqualTo(before);
    }

    @Test
    void what_an_operator_disabled_stays_disabled() throws IOException {
        write("resizer", TestPackages.of("{}", TestPackages.QUIET));
        discover(Afterwards.ENABLE);
        service.disable(ID);

        discover(Afterwards.ENABLE);

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Disabled());
    }

    @Test
    void a_plugin_that_needs_an_operator_waits_for_one() throws IOException {
        write("asks", TestPackages.of("{\"permissions\": [\"storage:read\"]}", TestPackages.QUIET));
        write("public", TestPackages.of("""
                {"id": "public-stats", "api_endpoints":
                  [{"name": "a", "path": "/a", "method": "GET", "handler": "run", "auth": "public"}]}
                """, TestPackages.QUIET));

        List<Discovered> found = discover(Afterwards.ENABLE);

        assertThat(found)
                .extracting(Discovered::status)
                .containsExactly(Status.WAITS_FOR_OPERATOR, Status.WAITS_FOR_OPERATOR);
        assertThat(found)
                .extracting(each -> each.problem().orElseThrow().code())
                .containsExactly(ProblemCode.PERMISSION_NOT_GRANTED, ProblemCode.CONSENT_REQUIRED);
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Installed());
    }

    @Test
    void changed_files_under_the_same_version_are_reported_and_the_stored_ones_stay() throws IOException {
        write("resizer", TestPackages.of("{}", TestPackages.QUIET));
        discover(Afterwards.ENABLE);
        write("resizer", TestPackages.of("{\"name\": \"Changed\"}", TestPackages.QUIET));

        Discovered found = discover(Afterwards.ENABLE).getFirst();

        assertThat(found.status()).isEqualTo(Status.CHANGED_WITHOUT_NEW_VERSION);
        assertThat(found.problem().orElseThrow().detail())
                .isEqualTo("the folder has other content than the stored plugin `resizer` 1.0.0, which stays;"
                        + " raise its version, or uninstall the plugin first");
        assertThat(service.stored(ID).active().manifest().about().name()).isEqualTo("Resizer");
    }

    @Test
    void a_folder_that_cannot_be_installed_stops_no_other() throws IOException {
        write(
                "a-broken",
                new PluginPackage(TestPackages.of("{}", TestPackages.QUIET).manifest(), new byte[] {0}));
        write("b-hostile", new PluginPackage(new byte[] {'{'}, new byte[0]));
        write("c-good", TestPackages.of("{}", TestPackages.QUIET));
        Files.createDirectory(directory.resolve("d-empty"));

        assertThat(discover(Afterwards.ENABLE))
                .extracting(Discovered::folder, Discovered::status)
                .containsExactly(
                        tuple("a-broken", Status.REFUSED),
                        tuple("b-hostile", Status.REFUSED),
                        tuple("c-good", Status.ENABLED));
    }

    @Test
    void a_module_is_not_read_from_outside_its_folder() throws IOException {
        Path outside = Files.write(directory.resolve("outside.wasm"), new byte[] {0});
        Path folder = Files.createDirectory(directory.resolve("sly"));
        Files.write(
                folder.resolve("manifest.json"),
                TestPackages.of("{}", TestPackages.QUIET).manifest());
        Files.createSymbolicLink(folder.resolve("plugin.wasm"), outside);

        Discovered found = discover(Afterwards.ENABLE).getFirst();

        assertThat(found.status()).isEqualTo(Status.REFUSED);
        assertThat(found.problem().orElseThrow().detail()).isEqualTo("the file `plugin.wasm` leads out of the folder");
    }

    @Test
    void a_missing_module_and_one_that_is_too_large_are_told() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("resizer"));
        Files.write(
                folder.resolve("manifest.json"),
                TestPackages.of("{}", TestPackages.QUIET).manifest());

        assertThat(discover(Afterwards.LEAVE).getFirst().problem().orElseThrow().detail())
                .isEqualTo("the file `plugin.wasm` cannot be read");
        Files.write(folder.resolve("plugin.wasm"), new byte[(10 << 20) + 1]);
        assertThat(discover(Afterwards.LEAVE).getFirst().problem().orElseThrow().code())
                .isEqualTo(ProblemCode.MODULE_TOO_LARGE);
    }

    @Test
    void a_directory_that_is_not_there_has_no_plugins() {
        assertThat(await(discovery.discover(directory.resolve("absent"), Afterwards.ENABLE)))
                .isEmpty();
    }

    private List<Discovered> discover(Afterwards afterwards) {
        return await(discovery.discover(directory, afterwards));
    }

    private void write(String folder, PluginPackage content) throws IOException {
        Path place = Files.createDirectories(directory.resolve(folder));
        Files.write(place.resolve("manifest.json"), content.manifest());
        Files.write(place.resolve("plugin.wasm"), content.module());
    }
}
