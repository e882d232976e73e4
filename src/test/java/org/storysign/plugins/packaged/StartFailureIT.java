package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "storysign.services.video.at-once|1|storysign.services.video is `video`, expected one of storage, users,",
                "storysign.services.ai.at-once|0|storysign.services.ai do not fit: longest-wait is PT30S, at-once 0,",
                "storysign.services.users.url|ftp://product.example|url is `ftp://product.example`, expected an http or https address",
                "storysign.services.users.url|http://a b|url cannot be read (Illegal character in authority), expected an http",
                "storysign.services.live.url|http://product.example|storysign.services.live is `live`, expected for url and key one of users,",
                "storysign.services.users.key|secret|storysign.services.users.url is ``, expected the address that storysign.services.users.key",
                "storysign.ai.text.url|https://models.example|storysign.ai.text.model is ``, expected the model to ask",
                "storysign.signatures.policy|/no/such/policy|expected a file that can be read",
                "storysign.egress.proxy|http://proxy|storysign.egress.proxy is `http://proxy`, expected a host and a port",
                "storysign.ai.gestures.url|ftp://hands.example|url is `ftp://hands.example`, expected an http or https address",
                "storysign.ai.text.spend-a-day|5|spend-a-day needs input-price and output-price",
                "storysign.queue.lease|1s|the queue's lease is 1000 ms, expected more than",
                "storysign.ui.public-origin|plugins.example|storysign.ui.public-origin is `plugins.example`, expected",
            })
    void a_setting_that_makes_no_sense_is_named_with_what_it_may_be(String setting, String value, String told) {
        assertThat(start(Map.of(), "-D" + setting + "=" + value)).contains(told);
    }

    /** What it said; it must have ended as not startable, without a Java stack trace. */
    private static String start(Map<String, String> settings, String... options) {
        Map<String, String> all = new HashMap<>(TestDatabase.address().asConfiguration());
        all.putAll(settings);
        try {
            List<String> command = new ArrayList<>(List.of(options));
            command.addFirst(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(
                    List.of("-XX:TieredStopAtLevel=1", "-Dquarkus.http.port=0", "-jar", ServiceProcess.JAR.toString()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
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
