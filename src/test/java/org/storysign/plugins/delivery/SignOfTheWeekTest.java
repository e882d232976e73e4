package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.log;
import static org.storysign.plugins.kit.FolderPlugin.output;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.kit.PlatformView;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** The SDK's example in AssemblyScript, as its README says. */
class SignOfTheWeekTest {

    /** Of the newest first, {@code frog} and {@code hello}, the week of {@link FolderPlugin#NOW} has the second. */
    private static final String THIS_WEEK = "{\"id\":\"hello\",\"title\":\"Hello “you”\",\"week\":2968}";

    private final FolderPlugin plugin =
            FolderPlugin.load(Path.of("wasm-plugins", "sdk", "examples", "sign-of-the-week"), Tiering.INTERPRETED);
    private final FolderPlugin ada = plugin.forUser("ada");
    private final PlatformView left = new PlatformView(plugin);

    @BeforeEach
    void the_product_has_signs() {
        left.tellOfContent("frog", "sign", "Frog");
        left.tellOfContent("hello", "sign", "Hello “you”");
        left.tellOfContent("pond", "story", "The pond");
    }

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void one_of_the_products_signs_is_chosen_kept_and_logged() {
        CallResult result = ada.hook("sign_of_the_week", "");

        assertThat(output(result)).isEqualTo("{\"result\":" + THIS_WEEK + "}");
        assertThat(left.stored(Optional.empty(), "weeks/2968")).contains(THIS_WEEK);
        assertThat(left.logged("ada")).containsExactly("sign.shown {\"sign\":\"hello\"}");
    }

    @Test
    void it_stays_the_sign_of_the_week_when_there_are_new_signs() {
        String before = output(plugin.hook("sign_of_the_week", ""));

        left.tellOfContent("toad", "sign", "Toad");

        assertThat(output(plugin.hook("sign_of_the_week", ""))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-16T00:00:00Z, 2968",
        "2026-11-22T23:59:59Z, 2968",
        "2026-11-23T00:00:00Z, 2969",
        "2024-02-29T12:00:00Z, 2826",
        "1970-01-04T12:00:00Z, 0",
        "1970-01-05T12:00:00Z, 1"
    })
    void weeks_begin_on_mondays(String timestamp, int week) {
        CallResult result = plugin.hook("sign_of_the_week", "\"context\": {\"timestamp\": \"" + timestamp + "\"}");

        assertThat(output(result)).contains("\"week\":" + week + "}");
    }

    @Test
    void without_signs_the_next_handler_answers() {
        try (FolderPlugin bare = FolderPlugin.load(
                Path.of("wasm-plugins", "sdk", "examples", "sign-of-the-week"), Tiering.INTERPRETED)) {
            assertThat(output(bare.hook("sign_of_the_week", ""))).isEqualTo("{\"pass\":true}");
        }
    }

    @Test
    void who_practises_it_for_the_first_time_hears_of_it_once() {
        practise(ada, "hello");
        practise(ada, "hello");

        assertThat(left.told())
                .containsExactly("NOTICE SUCCESS to ada: You know the sign of the week: Hello “you” |  | /signs/hello");
        assertThat(left.sent()).containsExactly("to ada on sign-of-the-week: {\"learned\":\"hello\"}");
        assertThat(left.logged("ada")).containsExactly("sign.learned {\"sign\":\"hello\"}");
        assertThat(preferences()).isEqualTo("{\"last_sign\":\"hello\"}");
    }

    @Test
    void other_signs_and_nobodys_practice_are_passed_over() {
        practise(ada, "frog");
        practise(plugin, "hello");

        assertThat(left.told()).isEmpty();
        assertThat(left.stored(Optional.of("ada"), "weeks/2968")).isEmpty();
    }

    @Test
    void without_the_optional_permission_it_keeps_it_to_itself() {
        FolderPlugin silent = ada.granted(
                PermissionName.STORAGE_READ,
                PermissionName.STORAGE_WRITE,
                PermissionName.READ_USER_DATA,
                PermissionName.WRITE_USER_DATA);

        CallResult result = practise(silent, "hello");

        assertThat(log(result)).containsExactly("INFO nobody is told: the operator did not grant it");
        assertThat(left.told()).isEmpty();
        assertThat(left.sent()).isEmpty();
        assertThat(preferences()).isEqualTo("{\"last_sign\":\"hello\"}");
    }

    @Test
    void what_the_platform_refuses_fails_the_call_in_its_words() {
        CallResult result = ada.refused("service-busy", "come later").hook("sign_of_the_week", "");

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isEqualTo(new Trap.PluginError(1, "`service-busy: come later`")));
    }

    private static CallResult practise(FolderPlugin plugin, String sign) {
        CallResult result = plugin.hook("sign_practised", "\"result\": {\"sign\": \"" + sign + "\"}");
        assertThat(output(result)).isEmpty();
        return result;
    }

    private String preferences() {
        return plugin.platform()
                .users()
                .find(
                        new UserDirectory.Whose(
                                TenantId.DEFAULT, plugin.manifest().id(), new UserId("ada")),
                        Duration.ofSeconds(1))
                .orElseThrow()
                .preferences();
    }
}
