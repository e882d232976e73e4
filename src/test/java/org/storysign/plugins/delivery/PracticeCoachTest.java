package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.kit.PlatformView;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.AiService;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** The SDK's example in Rust, as its README says. */
class PracticeCoachTest {

    private static final String OWN_TIP =
            "Sign “toad” slowly before a mirror, five times; then once at your usual speed.";

    private final FolderPlugin plugin =
            FolderPlugin.load(Path.of("wasm-plugins", "sdk", "examples", "practice-coach"), Tiering.INTERPRETED);
    private final FolderPlugin ada = plugin.forUser("ada");
    private final PlatformView left = new PlatformView(plugin);

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void practice_is_remembered_logged_and_cheered_when_it_went_well() {
        practise(ada, "frog", 95);
        practise(ada, "toad", 40);
        practise(ada, "toad", 60);

        assertThat(left.stored(Optional.of("ada"), "scores")).contains("{\"frog\":95,\"toad\":50}");
        assertThat(left.logged("ada"))
                .containsExactly(
                        "sign.practised {\"score\":60,\"sign\":\"toad\"}",
                        "sign.practised {\"score\":40,\"sign\":\"toad\"}",
                        "sign.practised {\"score\":95,\"sign\":\"frog\"}");
        assertThat(left.told()).containsExactly("TOAST SUCCESS to ada: 95 points for “frog”: well signed! |  | ");
    }

    @Test
    void the_model_gives_the_tip_for_the_hardest_sign_and_a_story_to_practise_it() throws IOException {
        left.tellOfUser("ada", "{\"name\": \"Ada Lovelace\", \"age\": 9}");
        left.tellOfContent("s-1", "story", "The frog and the toad");
        left.tellOfContent("s-2", "story", "The pond");
        practise(ada, "frog", 80);
        practise(ada, "toad", 40);

        JsonNode tip = tip(ada, 200);

        assertThat(tip.toString())
                .isEqualTo(
                        "{\"by\":\"model\",\"sign\":\"toad\",\"story\":{\"id\":\"s-1\",\"title\":\"The frog and the toad\"},"
                                + "\"tip\":\"Hello.\"}");
        assertThat(left.told()).containsExactly("NOTICE INFO to ada: A tip for “toad” | Hello. | /stories/s-1");
        assertThat(plugin.platform().ai().prompts()).hasSize(1);
        assertThat(plugin.platform().ai().prompts().getFirst().toString())
                .contains("signing “toad” better. The learner: 9 years old")
                .doesNotContain("Lovelace");
    }

    @Test
    void without_the_optional_permission_the_coach_has_a_tip_of_its_own() throws IOException {
        FolderPlugin without =
                ada.granted(PermissionName.READ_USER_DATA, PermissionName.WRITE_USER_DATA, PermissionName.MODIFY_UI);
        practise(without, "toad", 40);

        JsonNode tip = tip(without, 200);

        assertThat(tip.path("by").asText()).isEqualTo("coach");
        assertThat(tip.path("tip").asText()).isEqualTo(OWN_TIP);
        assertThat(tip.path("story").isNull()).isTrue();
        assertThat(left.told()).containsExactly("NOTICE INFO to ada: A tip for “toad” | " + OWN_TIP + " | ");
    }

    @Test
    void while_no_model_is_connected_it_has_one_too() throws IOException {
        plugin.platform()
                .ai()
                .answering(
                        new AiService.Completion.NotUsed(new ProblemException(ProblemCode.AI_UNAVAILABLE, "no model")));
        practise(ada, "toad", 40);

        assertThat(tip(ada, 200).path("tip").asText()).isEqualTo(OWN_TIP);
    }

    @Test
    void there_is_no_tip_for_nobody_or_before_the_first_practice() throws IOException {
        assertThat(tip(ada, 404).path("error").asText()).isEqualTo("there is no tip before the first practice");
        assertThat(output(plugin.call("get_tip", request("null")))).contains("\"status\":401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"sign\": \"frog\"}", "{\"sign\": \"frog\", \"score\": 256}", "[1]"})
    void practice_without_a_sign_and_a_score_is_passed_over(String result) {
        assertThat(output(ada.hook("practised", "\"result\": " + result))).isEmpty();

        assertThat(left.logged("ada")).isEmpty();
    }

    @Test
    void what_the_platform_refuses_fails_the_call_in_its_words() {
        CallResult result = ada.refused("service-busy", "come later")
                .hook("practised", "\"result\": {\"sign\": \"frog\", \"score\": 1}");

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isInstanceOfSatisfying(
                                        Trap.PluginError.class,
                                        error -> assertThat(error.text()).contains("service-busy: come later")));
    }

    private static void practise(FolderPlugin plugin, String sign, int score) {
        CallResult result =
                plugin.hook("practised", "\"result\": {\"sign\": \"%s\", \"score\": %d}".formatted(sign, score));
        assertThat(output(result)).isEmpty();
    }

    private static JsonNode tip(FolderPlugin plugin, int status) throws IOException {
        JsonNode answer = new ObjectMapper().readTree(output(plugin.call("get_tip", request("\"ada\""))));
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.path("body").asText());
    }

    private static String request(String user) {
        return "{\"method\": \"GET\", \"path\": \"/tip\", \"path_params\": {}, \"query\": {}, \"headers\": {}, \"body\": null,"
                + " \"user_id\": " + user + "}";
    }
}
