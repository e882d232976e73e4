package org.storysign.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartSettingsTest {

    @TempDir
    Path data;

    private final Map<String, String> given = new HashMap<>();

    @AfterEach
    void forgetTheKey() {
        System.clearProperty("storysign.admin-key");
        System.clearProperty(StartBanner.ADMIN_KEY_FILE);
    }

    @Test
    void without_serve_and_without_a_database_the_start_is_refused_by_naming_every_missing_setting() {
        assertThatThrownBy(() -> settings().requireDatabase())
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("storysign.database.url")
                .hasMessageContaining("STORYSIGN_DATABASE_OWNER_PASSWORD")
                .hasMessageContaining("STORYSIGN_DATABASE_SERVICE_PASSWORD")
                .hasMessageContaining("./storysign serve");

        given.put("storysign.database.url", "postgresql://db:5432/storysign");
        given.put("storysign.database.owner.password", "o");
        assertThatThrownBy(() -> settings().requireDatabase())
                .hasMessageContaining("Missing: storysign.database.service.password (");

        given.put("storysign.database.service.password", "s");
        assertThatCode(() -> settings().requireDatabase()).doesNotThrowAnyException();
    }

    @Test
    void a_taken_port_is_named_before_anything_is_started() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            given.put("quarkus.http.host", "127.0.0.1");
            given.put("quarkus.http.port", Integer.toString(taken.getLocalPort()));

            assertThatThrownBy(() -> settings().requirePortFree())
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used")
                    .hasMessageContaining("--port");
            given.put("quarkus.http.port", "0");
            assertThatCode(() -> settings().requirePortFree()).doesNotThrowAnyException();
        }
    }

    @Test
    void the_admin_key_is_generated_once_into_a_file_of_the_owner_alone() throws IOException {
        given.put("storysign.data-dir", data.resolve("new").toString());

        settings().provideAdminKey();
        String first = System.getProperty("storysign.admin-key");
        settings().provideAdminKey();

        assertThat(first).matches("[0-9a-f]{64}").isEqualTo(System.getProperty("storysign.admin-key"));
        Path file = data.resolve("new").resolve("admin-key");
        assertThat(Files.readString(file).strip()).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_given_admin_key_is_taken_and_no_file_is_made() {
        given.put("storysign.data-dir", data.resolve("new").toString());
        given.put("storysign.admin-key", "given");

        settings().provideAdminKey();

        assertThat(data.resolve("new")).doesNotExist();
        assertThat(System.getProperty("storysign.admin-key")).isNull();
    }

    @Test
    void the_banner_shows_a_line_that_can_be_typed() {
        assertThat(StartBanner.text(8080, Optional.of("/data/admin-key")))
                .contains(
                        "curl -H \"Authorization: Bearer $(cat '/data/admin-key')\" http://localhost:8080/api/plugins/status");
        assertThat(StartBanner.text(9000, Optional.empty()))
                .contains("Bearer $STORYSIGN_ADMIN_KEY\" http://localhost:9000/api/plugins/status");
    }

    private StartSettings settings() {
        return new StartSettings(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(given, "test", 100))
                .build());
    }
}
