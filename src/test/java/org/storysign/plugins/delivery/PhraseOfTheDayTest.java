package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.output;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** The example in Go, as its README says. */
class PhraseOfTheDayTest {

    private static final String TWO = "{\"phrases\": [\"one\", \"two “2”\"]}";

    private static FolderPlugin plugin;

    @BeforeAll
    static void load() {
        plugin = FolderPlugin.load(Path.of("wasm-plugins", "phrase-of-the-day"), Tiering.INTERPRETED);
    }

    @AfterAll
    static void close() {
        plugin.close();
    }

    @Test
    void the_day_of_the_call_says_which_phrase() {
        assertThat(answer(plugin, "{}"))
                .isEqualTo("{\"result\":{\"text\":\"I am learning to sign.\",\"date\":\"2026-11-22\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, two “2”",
        "2026-11-23, one",
        "2026-11-24, two “2”",
        "1969-12-31, two “2”",
        "1970-01-01, one"
    })
    void the_list_goes_on_day_by_day_and_begins_again(String date, String text) {
        assertThat(answer(plugin.configured(TWO), "{\"date\": \"" + date + "\"}"))
                .isEqualTo("{\"result\":{\"text\":\"" + text + "\",\"date\":\"" + date + "\"}}");
    }

    @Test
    void an_empty_list_leaves_the_answer_to_the_next_handler() {
        assertThat(answer(plugin.configured("{\"phrases\": []}"), "{}")).isEqualTo("{\"pass\":true}");
    }

    @Test
    void a_date_that_is_none_is_refused_by_the_plugin() {
        CallResult result = plugin.hook("phrase_of_the_day", "\"kwargs\": {\"date\": \"tomorrow\"}");

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isInstanceOfSatisfying(
                                        Trap.PluginError.class,
                                        error -> assertThat(error.text()).contains("parsing time")));
    }

    private static String answer(FolderPlugin plugin, String kwargs) {
        return output(plugin.hook("phrase_of_the_day", "\"kwargs\": " + kwargs));
    }
}
