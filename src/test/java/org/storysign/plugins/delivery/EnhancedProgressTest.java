package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.log;
import static org.storysign.plugins.kit.FolderPlugin.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** The example in Rust, as its README says. */
class EnhancedProgressTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FolderPlugin plugin =
            FolderPlugin.load(Path.of("wasm-plugins", "enhanced-progress"), Tiering.INTERPRETED);
    private final FolderPlugin ada = plugin.forUser("ada");

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void practice_becomes_the_users_own_statistics() throws IOException {
        practise(ada, 80, 90);
        practise(plugin.forUser("bob"), 10);

        JsonNode analytics = analytics(ada);

        assertThat(analytics.toString())
                .isEqualTo("{\"average\":85,\"best\":90,\"last_practised\":\"2026-11-22T12:00:00Z\",\"practised\":2,"
                        + "\"suggested_difficulty\":\"hard\"}");
        assertThat(JSON.readTree(output(plugin.call("get_status", ""))).toString())
                .isEqualTo("{\"learners\":2,\"status\":\"ok\"}");
    }

    @ParameterizedTest
    @CsvSource({"59, easy", "60, medium", "84, medium", "85, hard", "250, hard"})
    void a_story_gets_the_difficulty_that_suits_its_reader(int score, String difficulty) {
        practise(ada, score);

        CallResult story = ada.hook("filter_story", "\"result\": {\"title\": \"The frog\"}");

        assertThat(output(story))
                .isEqualTo("{\"result\":{\"suggested_difficulty\":\"" + difficulty + "\",\"title\":\"The frog\"}}");
    }

    @Test
    void only_the_latest_ten_scores_count() throws IOException {
        practise(ada, 0, 0, 0, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100);

        assertThat(analytics(ada).path("average").asInt()).isEqualTo(100);
        assertThat(analytics(ada).path("practised").asInt()).isEqualTo(13);
    }

    @Test
    void the_operator_moves_the_thresholds() throws IOException {
        practise(ada, 50);

        assertThat(analytics(ada.configured("{\"medium_from\": 40, \"hard_from\": 50}"))
                        .path("suggested_difficulty")
                        .asText())
                .isEqualTo("hard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a text\"", "null", "[]", "{\"suggested_difficulty\": \"easy\"}"})
    void other_stories_stay_as_they_are(String story) {
        practise(ada, 90);

        assertThat(output(ada.hook("filter_story", "\"result\": " + story))).isEqualTo("{}");
    }

    @Test
    void who_has_not_practised_or_is_nobody_gets_no_suggestion() {
        String story = "\"result\": {\"title\": \"The frog\"}";

        assertThat(output(ada.hook("filter_story", story))).isEqualTo("{}");
        assertThat(output(plugin.hook("filter_story", story))).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"score\": -1}", "{\"score\": \"90\"}"})
    void practice_without_a_score_is_passed_over(String result) throws IOException {
        assertThat(output(ada.hook("record_practice", "\"result\": " + result))).isEmpty();

        assertThat(analytics(ada).path("practised").asInt()).isZero();
    }

    @Test
    void the_endpoint_is_for_users_who_are_signed_in() throws IOException {
        JsonNode answer = JSON.readTree(output(plugin.call("get_custom_analytics", "{\"user_id\": null}")));

        assertThat(answer.path("status").asInt()).isEqualTo(401);
    }

    @Test
    void enabling_it_twice_keeps_the_form_of_the_data() {
        output(plugin.call("initialize", ""));
        output(plugin.call("initialize", ""));

        DataOwner owner = new DataOwner(TenantId.DEFAULT, plugin.manifest().id(), Optional.empty());
        assertThat(plugin.store()
                        .get(owner, "data_version", Duration.ofSeconds(1))
                        .orElseThrow()
                        .json())
                .isEqualTo("1");
        assertThat(log(plugin.call("cleanup", ""))).containsExactly("INFO no more practice is recorded");
    }

    @Test
    void a_permission_that_was_taken_away_is_told_as_the_platform_says_it() {
        FolderPlugin denied = ada.granted(PermissionName.STORAGE_READ, PermissionName.STORAGE_WRITE);

        CallResult result = denied.hook("record_practice", "\"result\": {\"score\": 1}");

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isInstanceOfSatisfying(
                                        Trap.PluginError.class,
                                        error -> assertThat(error.text()).contains("permission-denied")));
    }

    private static void practise(FolderPlugin plugin, int... scores) {
        for (int score : scores) {
            assertThat(output(plugin.hook("record_practice", "\"result\": {\"score\": " + score + "}")))
                    .isEmpty();
        }
    }

    private static JsonNode analytics(FolderPlugin plugin) throws IOException {
        String request = "{\"method\": \"GET\", \"path\": \"/custom-analytics\", \"user_id\": \"ada\"}";
        JsonNode answer = JSON.readTree(output(plugin.call("get_custom_analytics", request)));
        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.path("headers").path("Content-Type").asText()).isEqualTo("application/json");
        return JSON.readTree(answer.path("body").asText());
    }
}
