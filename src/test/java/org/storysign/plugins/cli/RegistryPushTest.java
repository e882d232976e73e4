package org.storysign.plugins.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.FakeServer;

/** What the command says when a package cannot get into a registry; that it does is proved with a real one. */
@Timeout(60)
class RegistryPushTest {

    private static final Path EXAMPLE = Path.of("wasm-plugins", "profanity-filter");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci://quiz",
                "oci://registry.example/quiz",
                "oci://registry.example/Quiz:1",
                "oci://registry.example/quiz@sha256:0000000000000000000000000000000000000000000000000000000000000000"
            })
    void a_name_without_registry_or_tag_is_not_understood(String target) {
        PushedToRegistry pushed = PushedToRegistry.of(EXAMPLE, target);

        assertThat(pushed.exit()).isEqualTo(PluginCommand.MISUSED);
        assertThat(pushed.said())
                .isEqualToIgnoringNewLines("plugin: " + target
                        + " is no artifact's name, expected one such as oci://registry.example/plugins/quiz:1.2.0.");
    }

    @Test
    void a_second_registry_and_a_name_without_a_password_are_not_understood() {
        String target = "oci://localhost:1/quiz:1";

        assertThat(PushedToRegistry.of(EXAMPLE, target, target).said()).contains("expected one of them");
        assertThat(PushedToRegistry.of(EXAMPLE, target, "--username", "a").said())
                .contains("--username needs a --password-file");
    }

    @Test
    void a_registry_that_refuses_or_is_not_there_is_named() {
        String nobody;
        PushedToRegistry refused;
        try (FakeServer server = new FakeServer()) {
            nobody = server.authority();
            refused = PushedToRegistry.of(EXAMPLE, "oci://" + nobody + "/quiz:1");
        }
        PushedToRegistry missing = PushedToRegistry.of(EXAMPLE, "oci://" + nobody + "/quiz:1");

        assertThat(refused.exit()).isEqualTo(PluginCommand.MISUSED);
        assertThat(refused.said()).startsWith("plugin: the registry " + nobody + " does not take it");
        assertThat(missing.exit()).isEqualTo(PluginCommand.MISUSED);
        assertThat(missing.said()).isEqualToIgnoringNewLines("plugin: the registry " + nobody + " does not answer.");
    }
}
