package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.log;
import static org.storysign.plugins.kit.FolderPlugin.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.kit.PlatformView;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** The SDK's example in C, as its README says. */
class StreakKeeperTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private final FolderPlugin plugin =
            FolderPlugin.load(Path.of("wasm-plugins", "sdk", "examples", "streak-keeper"), Tiering.INTERPRETED);
    private final FolderPlugin ada = plugin.forUser("ada");
    private final PlatformView left = new PlatformView(plugin);

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void days_in_a_row_are_counted_once_each_and_told_to_the_open_pages() {
        practise(ada, TODAY);
        practise(ada, TODAY);
        practise(ada, TODAY.plusDays(1));

        assertThat(left.stored(Optional.of("ada"), "streak"))
                .contains("{\"days\":2,\"last_day\":" + TODAY.plusDays(1).toEpochDay() + "}");
        assertThat(left.sent()).containsExactly("to ada on streak: {\"days\":1}", "to ada on streak: {\"days\":2}");
        assertThat(left.logged("ada")).containsExactly("streak.day {\"days\":2}", "streak.day {\"days\":1}");
    }

    @Test
    void a_day_that_was_missed_begins_anew() {
        practise(ada, TODAY);
        practise(ada, TODAY.plusDays(2));

        assertThat(left.stored(Optional.of("ada"), "streak"))
                .contains("{\"days\":1,\"last_day\":" + TODAY.plusDays(2).toEpochDay() + "}");
    }

    @Test
    void the_fifth_day_is_celebrated_with_a_notification_and_a_hook() {
        practiseDays(ada, 6);

        assertThat(left.told()).containsExactly("NOTICE SUCCESS to ada: 5 days in a row |  | ");
        assertThat(left.emitted()).hasSize(1);
        assertThat(left.emitted().getFirst())
                .startsWith("plugin.streak-keeper.milestone: ")
                .contains("\"result\":{\"days\":5}");
    }

    @Test
    void the_operator_says_what_a_milestone_is() {
        practiseDays(ada.configured("{\"milestone\": 2}"), 4);

        assertThat(left.told())
                .containsExactly(
                        "NOTICE SUCCESS to ada: 2 days in a row |  | ", "NOTICE SUCCESS to ada: 4 days in a row |  | ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_does_not_like_to_celebrate_is_left_in_peace(boolean celebrate) {
        UserRecord known = new UserRecord("{}", "{}", "{\"celebrate\": " + celebrate + "}", 1);
        plugin.platform().users().put(TenantId.DEFAULT, new UserId("ada"), known);

        practiseDays(ada, 5);

        assertThat(left.told()).hasSize(celebrate ? 1 : 0);
    }

    @Test
    void without_the_optional_permission_no_hook_is_emitted_and_all_else_is_done() {
        FolderPlugin silent =
                ada.granted(PermissionName.READ_USER_DATA, PermissionName.WRITE_USER_DATA, PermissionName.MODIFY_UI);

        practiseDays(silent, 4);
        CallResult fifth = practise(silent, TODAY.plusDays(4));

        assertThat(log(fifth)).containsExactly("INFO no hook is emitted: the operator did not grant it");
        assertThat(left.emitted()).isEmpty();
        assertThat(left.told()).hasSize(1);
    }

    @Test
    void what_the_platform_refuses_fails_the_call_in_its_words() {
        CallResult result = ada.refused("service-busy", "come later").hook("practised", "\"result\": {}");

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap()).isEqualTo(new Trap.PluginError(1, "`come later`")));
    }

    @Test
    void nobody_has_no_streak() {
        practise(plugin, TODAY);

        assertThat(left.sent()).isEmpty();
        assertThat(output(plugin.call("get_streak", "{\"user_id\": null}"))).contains("\"status\":401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22", "2024-02-29", "2024-03-01", "2100-02-28", "2000-12-31", "1999-01-01"})
    void the_endpoint_gives_the_streak_and_its_last_day(String date) throws IOException {
        practise(ada, LocalDate.parse(date));

        assertThat(streak()).isEqualTo("{\"days\":1,\"last_day\":\"" + date + "\"}");
    }

    @Test
    void who_never_practised_has_a_streak_of_no_days() throws IOException {
        assertThat(streak()).isEqualTo("{\"days\":0}");
    }

    private String streak() throws IOException {
        JsonNode answer = new ObjectMapper().readTree(output(ada.call("get_streak", "{\"user_id\": \"ada\"}")));
        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.at("/headers/content-type").asText()).isEqualTo("application/json");
        return answer.path("body").asText();
    }

    private static void practiseDays(FolderPlugin plugin, int days) {
        for (int day = 0; day < days; day++) {
            practise(plugin, TODAY.plusDays(day));
        }
    }

    private static CallResult practise(FolderPlugin plugin, LocalDate day) {
        CallResult result =
                plugin.hook("practised", "\"context\": {\"timestamp\": \"" + day + "T23:59:59Z\"}, \"result\": {}");
        assertThat(output(result)).isEmpty();
        return result;
    }
}
