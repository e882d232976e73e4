package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.TestDatabase;

/** A service that cannot start says why in a sentence, and ends with exit code 2. */
class StartFailureIT {

    private static final int NOT_STARTABLE = 2;

    @Test
    void a_database_that_is_not_there_is_named_with_the_setting_to_look_at() {
        assertThat(start(Map.of("storysign.database.url", "postgresql://127.0.0.1:1/plugins")))
                .contains("The database cannot be reached. Check storysign.database.url");
    }

    @Test
    void a_wrong_password_is_told_apart_from_a_missing_database() {
        assertThat(start(Map.of("storysign.database.owner.password", "wrong")))
                .contains("The database refuses the login. Check storysign.database.owner");
        assertThat(start(Map.of("storysign.database.url", elsewhere("nothing_here"))))
                .contains("The database does not exist");
    }

    @Test
    void a_schema_of_another_version_is_left_alone() throws SQLException {
        String name = "other_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER storysign_owner");
        }
        try (Connection connection = TestDatabase.asSuperuser(name);
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE storysign_owner; CREATE TABLE somebody_elses (id int)");
        }

        assertThat(start(Map.of("storysign.database.url", elsewhere(name))))
                .contains("The database's schema does not fit this version of the service, and nothing was changed.");
    }

    /** What it said; it must have ended as not startable, without a Java stack trace. */
    private static String start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(TestDatabase.address().asConfiguration());
        all.putAll(settings);
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.http.port=0",
                            "-jar",
                            ServiceProcess.JAR.toString())
                    .redirectErrorStream(true);
            all.forEach((setting, value) -> builder.environment().put(ServiceProcess.environmentName(setting), value));
            builder.environment().put("STORYSIGN_ADMIN_KEY", TestDatabase.ADMIN_KEY);
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isEqualTo(NOT_STARTABLE);
            assertThat(said).doesNotContain("\tat ");
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String elsewhere(String database) {
        String url = TestDatabase.address().url();
        return url.substring(0, url.lastIndexOf('/') + 1) + database;
    }
}
