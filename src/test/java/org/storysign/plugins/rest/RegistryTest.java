package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.cli.PushedToRegistry;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.kit.DockerRegistry;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestSources;
import org.storysign.plugins.kit.TestSources.Place;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.manifest.ManifestText;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PackageFolder;
import org.storysign.plugins.plugin.PluginPackage;

/** A real registry: pushed to by our command, installed from by the service, and read by a client of somebody else's. */
@ServiceTest
class RegistryTest {

    private static final Path EXAMPLE = Path.of("wasm-plugins", "enhanced-progress");
    private static final String OPEN = Place.REGISTRY.authority();
    private static final String LOCKED = Place.LOCKED_REGISTRY.authority();

    @TempDir
    private Path folder = Path.of("");

    private final ApiTenant tenant = new ApiTenant();
    private final Operations operations = new Operations(tenant);

    @Test
    void what_was_pushed_is_installed_by_tag_and_by_digest_and_another_client_finds_the_same() throws IOException {
        try (DockerRegistry registry = DockerRegistry.open(Place.REGISTRY.port(), folder.resolve("registry"))) {
            PushedToRegistry pushed = PushedToRegistry.of(EXAMPLE, "oci://" + OPEN + "/team/progress:1.2.0");
            PushedToRegistry again = PushedToRegistry.of(EXAMPLE, "oci://" + OPEN + "/team/progress:latest");
            Response byTag = operations.install(Map.of("oci", OPEN + "/team/progress:1.2.0"));
            Response byDigest =
                    operations.install(Map.of("oci", "oci://" + OPEN + "/team/progress@" + pushed.digest()));
            registry.copy("team/progress:1.2.0", folder.resolve("copied"));

            assertThat(pushed.exit()).as(pushed.said()).isZero();
            assertThat(pushed.said()).startsWith("pushed oci://" + OPEN + "/team/progress:1.2.0@sha256:");
            assertThat(again.digest()).isEqualTo(pushed.digest());
            byTag.then()
                    .body("state", equalTo("succeeded"))
                    .body("source_digest", equalTo(pushed.digest()))
                    .body("result.plugin_id", equalTo("enhanced-progress"))
                    .body("result.created", equalTo(true));
            byDigest.then().body("state", equalTo("succeeded")).body("result.created", equalTo(false));
            byte[] zip = PackageArchive.write(new PackageFolder(EXAMPLE).read());
            assertThat(folder.resolve("copied").resolve(Digest.of(zip).hex())).hasBinaryContent(zip);
            assertThat(Digest.of(Files.readAllBytes(folder.resolve("copied/manifest.json")))
                            .value())
                    .isEqualTo(pushed.digest());
        }
    }

    @Test
    void a_tag_that_moves_brings_what_it_leads_to_now_and_a_digest_what_it_led_to() throws IOException {
        try (DockerRegistry registry = DockerRegistry.open(Place.REGISTRY.port(), folder.resolve("registry"))) {
            String target = "oci://" + OPEN + "/team/quiz:latest";
            PushedToRegistry first = PushedToRegistry.of(quiz("1.0.0"), target);
            PushedToRegistry second = PushedToRegistry.of(quiz("2.0.0"), target);

            Response latest = operations.install(Map.of("oci", OPEN + "/team/quiz:latest"));
            Response pinned = operations.install(Map.of("oci", OPEN + "/team/quiz:latest@" + first.digest()));

            assertThat(second.digest()).isNotEqualTo(first.digest());
            latest.then().body("result.version", equalTo("2.0.0")).body("source_digest", equalTo(second.digest()));
            pinned.then().body("result.version", equalTo("1.0.0")).body("source_digest", equalTo(first.digest()));
            registry.copy("team/quiz:latest", folder.resolve("copied"));
            operations
                    .install(Map.of("oci", OPEN + "/team/nothing:1"))
                    .then()
                    .body("problem.code", equalTo("source-failed"));
        }
    }

    @Test
    void a_locked_registry_opens_by_the_operators_credentials_and_no_others() throws IOException {
        try (DockerRegistry registry =
                DockerRegistry.locked(Place.LOCKED_REGISTRY.port(), folder.resolve("registry"))) {
            Path password = Files.writeString(folder.resolve("password"), TestSources.PASSWORD + "\n");
            Path wrong = Files.writeString(folder.resolve("wrong"), "of-yesterday\n");
            String target = "oci://" + LOCKED + "/team/quiz:1.0.0";
            String[] login = {"--username", TestSources.USERNAME, "--password-file"};

            PushedToRegistry refused =
                    PushedToRegistry.of(quiz("1.0.0"), target, login[0], login[1], login[2], wrong.toString());
            PushedToRegistry pushed =
                    PushedToRegistry.of(quiz("1.0.0"), target, login[0], login[1], login[2], password.toString());
            Map<String, String> source = Map.of("oci", LOCKED + "/team/quiz:1.0.0");
            Response anonymous = operations.install(source);
            Response stranger = operations.install(Map.of("oci", source.get("oci"), "credentials", "wrong"));
            Response team = operations.install(Map.of("oci", source.get("oci"), "credentials", "team"));

            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.said()).startsWith("plugin: the registry " + LOCKED + " does not take it");
            assertThat(pushed.exit()).as(pushed.said()).isZero();
            anonymous.then().body("problem.code", equalTo("source-failed"));
            stranger.then().body("problem.code", equalTo("source-failed"));
            team.then().body("state", equalTo("succeeded")).body("result.plugin_id", equalTo("quiz"));
            assertThat(team.asString() + stranger.asString()).doesNotContain(TestSources.PASSWORD, "of-yesterday");
            registry.copy(
                    "team/quiz:1.0.0",
                    folder.resolve("copied"),
                    "--src-creds",
                    TestSources.USERNAME + ":" + TestSources.PASSWORD);
        }
    }

    private Path quiz(String version) throws IOException {
        Path plugin = Files.createDirectories(folder.resolve("quiz-" + version));
        PluginPackage content = new PluginPackage(
                ManifestText.bytes(PluginText.named("quiz").version(version).toString()),
                Wat.assemble(Guests.answering("quiz " + version)));
        Files.write(plugin.resolve("manifest.json"), content.manifest());
        Files.write(plugin.resolve("plugin.wasm"), content.module());
        return plugin;
    }
}
