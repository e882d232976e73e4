package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.log;
import static org.storysign.plugins.kit.FolderPlugin.output;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** The example in C, as its README says. */
class SessionLoggerTest {

    private final FolderPlugin plugin =
            FolderPlugin.load(Path.of("wasm-plugins", "session-logger"), Tiering.INTERPRETED);

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void a_session_that_ended_is_logged_and_kept_for_thirty_days() {
        CallResult result =
                plugin.forUser("ada").hook("log_session", "\"result\": {\"score\": 91, \"note\": \"a \\\"b\\\" {\"}");

        assertThat(output(result)).isEmpty();
        assertThat(log(result)).containsExactly("INFO session s-1 of asl-world ended at 2026-11-22T12:00:00Z");
        StoredValue kept = stored("sessions/s-1").orElseThrow();
        assertThat(kept.json())
                .isEqualTo("{\"module\":\"asl-world\",\"ended_at\":\"2026-11-22T12:00:00Z\","
                        + "\"result\":{\"score\":91,\"note\":\"a \\\"b\\\" {\"}}");
        assertThat(kept.expiresAt().orElseThrow()).isEqualTo("2026-12-22T12:00:00Z");
    }

    @Test
    void the_operator_says_how_long() {
        plugin.configured("{\"keep_days\": 365}").hook("log_session", "\"result\": 1");

        assertThat(stored("sessions/s-1").orElseThrow().expiresAt().orElseThrow())
                .isEqualTo("2027-11-22T12:00:00Z");
    }

    @Test
    void without_the_permission_it_only_logs() {
        CallResult result = plugin.granted().hook("log_session", "\"result\": 1");

        assertThat(log(result)).containsExactly("INFO session s-1 of asl-world ended at 2026-11-22T12:00:00Z");
        assertThat(stored("sessions/s-1")).isEmpty();
    }

    @Test
    void what_storage_refuses_is_a_warning_in_the_log() {
        String key = "s".repeat(600);

        CallResult result = plugin.hook("log_session", "\"context\": {\"session_id\": \"" + key + "\"}");

        assertThat(output(result)).isEmpty();
        assertThat(log(result)).hasSize(2);
        assertThat(log(result).getLast()).startsWith("WARN not kept: the input is not valid at `/key`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "17", "\"\"", "{\"session_id\": \"inner\"}"})
    void a_call_without_a_session_is_refused_by_the_plugin(String session) {
        CallResult result = plugin.hook("log_session", "\"context\": {\"session_id\": " + session + "}");

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isEqualTo(new Trap.PluginError(1, "`the call names no session`")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"context\"",
                "{\"context\":",
                "{\"context\":{\"session_id\":\"",
                "{\"context\":{\"session_id\":\"x\\",
                "{\"context\":{\"a\":1,}}",
                "}}"
            })
    void input_that_is_cut_short_ends_in_a_refusal_not_in_a_crash(String input) {
        CallResult result = plugin.call("log_session", input);

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap()).isInstanceOf(Trap.PluginError.class));
    }

    @Test
    void the_fuel_it_asks_for_is_enough_for_the_largest_result() {
        String result = "x".repeat(1_040_000);

        CallResult ended = plugin.hook("log_session", "\"result\": \"" + result + "\"");

        assertThat(output(ended)).isEmpty();
        assertThat(log(ended)).containsExactly("INFO session s-1 of asl-world ended at 2026-11-22T12:00:00Z");
        assertThat(stored("sessions/s-1").orElseThrow().json()).contains(result);
    }

    private Optional<StoredValue> stored(String key) {
        DataOwner owner = new DataOwner(TenantId.DEFAULT, plugin.manifest().id(), Optional.empty());
        return plugin.store().get(owner, key, Duration.ofSeconds(1));
    }
}
