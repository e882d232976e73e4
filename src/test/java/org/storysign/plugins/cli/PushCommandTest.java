package org.storysign.plugins.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;

@ServiceTest
class PushCommandTest {

    private static final String EXAMPLE =
            Path.of("wasm-plugins", "enhanced-progress").toString();

    @TempDir
    private Path folder = Path.of("");

    private final String tenant = Tenants.fresh().value();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_plugin_with_files_arrives_and_is_known_the_second_time() throws IOException {
        assertThat(push(TestDatabase.ADMIN_KEY)).isZero();
        assertThat(push(TestDatabase.ADMIN_KEY)).isZero();

        assertThat(out.toString(UTF_8))
                .contains("uploaded enhanced-progress, installed", "was there already: enhanced-progress");
    }

    @Test
    void a_refusal_is_told_with_its_code() throws IOException {
        assertThat(push("ssk_nobody")).isEqualTo(1);

        assertThat(err.toString(UTF_8)).startsWith("refused (401 unauthenticated): ");
    }

    private int push(String key) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), key + "\n");
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        String url = "http://localhost:" + port + "/";
        return PluginCommand.run(
                new PluginCommand.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8)),
                "push",
                EXAMPLE,
                "--url",
                url,
                "--key-file",
                file.toString(),
                "--tenant",
                tenant);
    }
}
