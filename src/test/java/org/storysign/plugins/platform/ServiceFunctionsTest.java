package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.permission.PermissionName.MODIFY_UI;
import static org.storysign.plugins.permission.PermissionName.READ_USER_DATA;
import static org.storysign.plugins.permission.PermissionName.STORAGE_READ;
import static org.storysign.plugins.permission.PermissionName.WRITE_USER_DATA;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.memory.InMemoryAnalytics;
import org.storysign.plugins.platform.memory.InMemoryContent;
import org.storysign.plugins.platform.memory.InMemoryNotifications;
import org.storysign.plugins.platform.memory.InMemoryUsers;
import org.storysign.plugins.sandbox.CallResult;

/** Users, content, analytics and notifications as guests meet them. */
class ServiceFunctionsTest {

    private static final DataLimits TWO_ITEMS = new DataLimits(MemorySize.ofMiB(10), 2);
    private static final PermissionName[] EVERYTHING = Arrays.stream(PermissionName.values())
            .filter(name -> name != PermissionName.NETWORK_ACCESS)
            .toArray(PermissionName[]::new);
    private static final UserId ANNA = new UserId("anna");
    private static final UserId BEN = new UserId("ben");

    private final TestClock clock = new TestClock();
    private final InMemoryUsers users = new InMemoryUsers();
    private final InMemoryContent content = new InMemoryContent(clock);
    private final InMemoryAnalytics analytics = new InMemoryAnalytics(clock);
    private final InMemoryNotifications notifications = new InMemoryNotifications();
    private final PlatformGate gate = new PlatformGate(new PlatformServices(
                    new InMemoryKeyValueStore(clock), users, content, analytics, notifications, notifications)
            .functions());

    @Test
    void a_guest_reads_what_the_product_told_of_its_calls_user() {
        users.put(TenantId.DEFAULT, ANNA, "{\"name\":\"Anna\"}", "{\"asl-world\":{\"level\":3}}");
        PlatformGuest guest = guest(READ_USER_DATA).onBehalfOf("anna");

        assertThat(guest.call("user_get", "{}"))
                .isEqualTo("{\"ok\":{\"user_id\":\"anna\",\"profile\":{\"name\":\"Anna\"},\"preferences\":{},"
                        + "\"revision\":1}}");
        assertThat(guest.call("user_progress", "{\"user_id\":\"anna\"}"))
                .isEqualTo("{\"ok\":{\"user_id\":\"anna\",\"progress\":{\"asl-world\":{\"level\":3}},\"revision\":1}}");
        assertThat(guest.onBehalfOf("cleo").call("user_get", "{}")).isEqualTo("{\"ok\":null}");
        assertThat(guest.onBehalfOf("cleo").call("user_progress", "{}")).isEqualTo("{\"ok\":null}");
    }

    @Test
    void preferences_are_merged_and_a_revision_holds_a_lost_update_back() {
        PlatformGuest guest = guest(WRITE_USER_DATA).onBehalfOf("anna");

        assertThat(guest.call("user_update_preferences", "{\"preferences\":{\"theme\":\"dark\",\"speed\":2}}"))
                .isEqualTo("{\"ok\":{\"preferences\":{\"theme\":\"dark\",\"speed\":2},\"revision\":2}}");
        assertThat(guest.call("user_update_preferences", "{\"preferences\":{\"speed\":null},\"if_revision\":2}"))
                .isEqualTo("{\"ok\":{\"preferences\":{\"theme\":\"dark\"},\"revision\":3}}");
        assertThat(guest.call("user_update_preferences", "{\"preferences\":{},\"if_revision\":2}"))
                .startsWith("{\"error\":{\"code\":\"precondition-failed\"");
        assertThat(guest.call("user_update_preferences", "{\"preferences\":{\"x\":\"" + "x".repeat(17_000) + "\"}}"))
                .startsWith("{\"error\":{\"code\":\"data-quota-exceeded\"");
    }

    @Test
    void another_user_is_spoken_of_only_when_the_key_that_triggered_the_call_may_name_any() {
        users.put(TenantId.DEFAULT, BEN, "{\"name\":\"Ben\"}", "{}");
        PlatformGuest anna = guest(EVERYTHING).onBehalfOf("anna");
        List<List<String>> calls = List.of(
                List.of("user_get", "{\"user_id\":\"ben\"}"),
                List.of("user_progress", "{\"user_id\":\"ben\"}"),
                List.of("user_update_preferences", "{\"preferences\":{},\"user_id\":\"ben\"}"),
                List.of("content_list", "{\"user_id\":\"ben\"}"),
                List.of("content_search", "{\"query\":\"fox\",\"user_id\":\"ben\"}"),
                List.of("content_create", "{\"kind\":\"story\",\"title\":\"T\",\"text\":\"x\",\"user_id\":\"ben\"}"),
                List.of("analytics_user", "{\"user_id\":\"ben\"}"),
                List.of("notify_send", "{\"title\":\"T\",\"user_id\":\"ben\"}"),
                List.of("notify_toast", "{\"text\":\"T\",\"user_id\":\"ben\"}"));

        for (List<String> call : calls) {
            assertThat(anna.call(call.getFirst(), call.getLast()))
                    .as(call.getFirst())
                    .startsWith("{\"error\":{\"code\":\"permission-denied\"");
            assertThat(anna.naming(UserReach.ANY_USER).call(call.getFirst(), call.getLast()))
                    .as(call.getFirst())
                    .startsWith("{\"ok\":");
        }
        assertThat(notifications.told())
                .hasSize(2)
                .allSatisfy(told -> assertThat(told.to().user()).contains(BEN));
    }

    @Test
    void a_guest_makes_nobody_up() {
        PlatformGuest guest = guest(WRITE_USER_DATA).onBehalfOf("anna").naming(UserReach.ANY_USER);

        assertThat(guest.call("user_update_preferences", "{\"preferences\":{},\"user_id\":\"nobody\"}"))
                .startsWith("{\"error\":{\"code\":\"data-not-found\"");
    }

    @Test
    void a_call_for_nobody_is_about_no_user_but_sees_what_all_share() {
        content.put(TenantId.DEFAULT, "lesson-1", new ContentDraft(Optional.empty(), "lesson", "", "Hands", "How to"));
        PlatformGuest guest = guest(EVERYTHING);

        for (String function : List.of("user_get", "user_progress", "analytics_user")) {
            assertThat(guest.call(function, "{}")).startsWith("{\"error\":{\"code\":\"data-invalid\"");
        }
        assertThat(guest.call("notify_send", "{\"title\":\"T\"}")).startsWith("{\"error\":{\"code\":\"data-invalid\"");
        assertThat(guest.call("content_list", "{}")).contains("lesson-1");
        assertThat(guest.call("analytics_log_event", "{\"name\":\"seen\"}")).isEqualTo("{\"ok\":{\"logged\":true}}");
    }

    @Test
    void content_is_made_listed_searched_and_read_whole() throws Exception {
        PlatformGuest guest = guest(READ_USER_DATA, WRITE_USER_DATA).onBehalfOf("anna");
        String made = guest.call(
                "content_create",
                "{\"kind\":\"story\",\"language\":\"en\",\"title\":\"The fox\",\"text\":\"" + "snow ".repeat(50)
                        + "\"}");
        String id = new JsonMapper().readTree(made).at("/ok/id").textValue();

        String item = "{\"ok\":{\"items\":[{\"id\":\"" + id + "\",\"kind\":\"story\",\"language\":\"en\","
                + "\"title\":\"The fox\",\"%s\":\"%s\",\"user_id\":\"anna\",\"plugin_id\":\"notes\",\"revision\":1,"
                + "\"created_at\":\"2026-11-22T12:00:00Z\"}],\"cursor\":null}}";
        assertThat(guest.call("content_list", "{}")).isEqualTo(item.formatted("excerpt", "snow ".repeat(40)));
        assertThat(guest.call("content_search", "{\"query\":\"fox\",\"kind\":\"story\"}"))
                .isEqualTo(item.formatted("excerpt", "snow ".repeat(40)));
        assertThat(guest.call("content_list", "{\"id\":\"" + id + "\"}"))
                .isEqualTo(item.formatted("text", "snow ".repeat(50)));
        assertThat(guest.call("content_list", "{\"id\":\"c-other\"}"))
                .isEqualTo("{\"ok\":{\"items\":[],\"cursor\":null}}");
    }

    @Test
    void pages_follow_each_other_by_their_cursor() throws Exception {
        PlatformGuest guest = guest(READ_USER_DATA, WRITE_USER_DATA).onBehalfOf("anna");
        for (String name : List.of("one", "two", "three")) {
            guest.call("analytics_log_event", "{\"name\":\"" + name + "\"}");
        }

        String first = guest.call("analytics_user", "{\"limit\":2}");
        String cursor = new JsonMapper().readTree(first).at("/ok/cursor").textValue();
        String second = guest.call("analytics_user", "{\"limit\":2,\"cursor\":\"" + cursor + "\"}");

        assertThat(first).contains("three", "two").doesNotContain("one");
        assertThat(second)
                .isEqualTo("{\"ok\":{\"events\":[{\"name\":\"one\",\"properties\":{},\"at\":\"2026-11-22T12:00:00Z\"}],"
                        + "\"cursor\":null}}");
    }

    @Test
    void a_plugin_makes_as_many_items_as_it_may_have_keys() {
        PlatformGuest guest = guest(WRITE_USER_DATA).onBehalfOf("anna");
        String create = "{\"kind\":\"story\",\"title\":\"T\",\"text\":\"x\"}";
        guest.call("content_create", create);
        assertThat(guest.call("content_create", create)).startsWith("{\"ok\":");

        assertThat(guest.call("content_create", create))
                .isEqualTo("{\"error\":{\"code\":\"data-quota-exceeded\","
                        + "\"message\":\"the plugin may make at most 2 items of content\"}}");
    }

    @Test
    void a_plugin_logs_as_many_events_a_day_as_it_may() {
        PlatformGate strict = new PlatformGate(new AnalyticsFunctions(analytics, 1).all());
        PlatformGuest guest = new PlatformGuest(strict, Grants.of(), TWO_ITEMS, Optional.of(ANNA));
        assertThat(guest.call("analytics_log_event", "{\"name\":\"a\",\"properties\":{\"n\":1}}"))
                .isEqualTo("{\"ok\":{\"logged\":true}}");

        assertThat(guest.call("analytics_log_event", "{\"name\":\"a\"}"))
                .startsWith("{\"error\":{\"code\":\"data-quota-exceeded\"");
    }

    @Test
    void a_user_is_told_in_the_plugins_name() {
        PlatformGuest guest = guest(MODIFY_UI).onBehalfOf("anna");

        assertThat(
                        guest.call(
                                "notify_send",
                                "{\"title\":\"Well done\",\"body\":\"Two\\nlines\",\"link\":\"/stories/7?a=b\",\"level\":\"success\"}"))
                .isEqualTo("{\"ok\":{\"id\":\"1\"}}");
        assertThat(guest.call("notify_toast", "{\"text\":\"Saved\"}")).isEqualTo("{\"ok\":{\"accepted\":true}}");

        assertThat(notifications.told())
                .extracting(told -> told.to().plugin() + " " + told.to().user().orElseThrow() + " " + told.kind() + " "
                        + told.notice())
                .containsExactly(
                        "notes anna NOTICE Notice[level=SUCCESS, title=Well done, body=Two\nlines, link=/stories/7?a=b]",
                        "notes anna TOAST Notice[level=INFO, title=Saved, body=, link=]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "//evil.example",
                "http://plain.example",
                "data:text/html,x",
                "https://user@evil.example/",
                "stories/7",
                "/a b",
                "\\\\\\\\evil.example",
                "",
                "https:///x"
            })
    void a_link_that_leads_a_browser_astray_is_refused(String link) {
        assertThat(guest(MODIFY_UI)
                        .onBehalfOf("anna")
                        .call("notify_send", "{\"title\":\"T\",\"link\":\"" + link + "\"}"))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
        assertThat(notifications.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    user_get                | {"user_id":""}
                    user_get                | {"user_id":7}
                    user_get                | {"tenant":"other"}
                    user_update_preferences | {}
                    user_update_preferences | {"preferences":[]}
                    user_update_preferences | {"preferences":{},"if_revision":0}
                    content_list            | {"limit":0}
                    content_list            | {"limit":101}
                    content_list            | {"cursor":"x"}
                    content_list            | {"cursor":"-1"}
                    content_list            | {"kind":"A B"}
                    content_search          | {}
                    content_search          | {"query":"  "}
                    content_search          | {"query":"x","language":"english"}
                    content_search          | {"query":"x","cursor":"1001"}
                    content_create          | {"kind":"story","title":"T"}
                    content_create          | {"kind":"story","title":"a\\u202eb","text":"x"}
                    content_create          | {"kind":"story","title":"T","text":"x","plugin_id":"other"}
                    analytics_log_event     | {"name":"A"}
                    analytics_log_event     | {"name":"a","user_id":"ben"}
                    analytics_log_event     | {"name":"a","properties":7}
                    notify_send             | {"title":""}
                    notify_send             | {"title":"T","level":"loud"}
                    notify_send             | {"title":"two\\nlines"}
                    notify_toast            | {"text":"T","link":"/a"}
                    """)
    void what_does_not_fit_is_refused_with_a_code(String function, String input) {
        assertThat(guest(EVERYTHING).onBehalfOf("anna").call(function, input))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    @Test
    void what_is_one_byte_too_large_is_refused_and_what_just_fits_is_kept() {
        PlatformGuest guest = guest(WRITE_USER_DATA).onBehalfOf("anna");
        String create = "{\"kind\":\"story\",\"title\":\"T\",\"text\":\"%s\"}";
        assertThat(guest.call("content_create", create.formatted("x".repeat(ContentDraft.LARGEST_TEXT))))
                .startsWith("{\"ok\":");
        assertThat(guest.call("content_create", create.formatted("x".repeat(ContentDraft.LARGEST_TEXT + 1))))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");

        String log = "{\"name\":\"a\",\"properties\":{\"p\":\"%s\"}}";
        int room = AnalyticsLog.LARGEST_PROPERTIES - "{\"p\":\"\"}".length();
        assertThat(guest.call("analytics_log_event", log.formatted("x".repeat(room))))
                .startsWith("{\"ok\":");
        assertThat(guest.call("analytics_log_event", log.formatted("x".repeat(room + 1))))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    /** X stands for a text of that length. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    notify_send         | 200  | {"title":"X"}
                    notify_send         | 2000 | {"title":"T","body":"X"}
                    notify_send         | 1999 | {"title":"T","link":"/X"}
                    notify_toast        | 200  | {"text":"X"}
                    content_create      | 200  | {"kind":"story","title":"X","text":"x"}
                    content_create      | 64   | {"kind":"X","title":"T","text":"x"}
                    content_list        | 200  | {"id":"X"}
                    content_search      | 500  | {"query":"X"}
                    analytics_log_event | 100  | {"name":"X"}
                    """)
    void a_text_is_as_long_as_it_may_be_and_no_longer(String function, int longest, String input) {
        PlatformGuest guest = guest(EVERYTHING).onBehalfOf("anna");

        assertThat(guest.call(function, input.replace("X", "x".repeat(longest))))
                .startsWith("{\"ok\":");
        assertThat(guest.call(function, input.replace("X", "x".repeat(longest + 1))))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    @Test
    void so_many_preferences_are_changed_at_once_and_no_more() {
        PlatformGuest guest = guest(EVERYTHING).onBehalfOf("anna");

        assertThat(guest.call("user_update_preferences", preferences(ProfileFunctions.MOST_PREFERENCES)))
                .startsWith("{\"ok\":");
        assertThat(guest.call("user_update_preferences", preferences(ProfileFunctions.MOST_PREFERENCES + 1)))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    private static String preferences(int number) {
        return IntStream.range(0, number)
                .mapToObj(name -> "\"p" + name + "\":1")
                .collect(Collectors.joining(",", "{\"preferences\":{", "}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "user_get, READ_USER_DATA",
        "user_progress, READ_USER_DATA",
        "user_update_preferences, WRITE_USER_DATA",
        "content_list, READ_USER_DATA",
        "content_search, READ_USER_DATA",
        "content_create, WRITE_USER_DATA",
        "analytics_user, READ_USER_DATA",
        "notify_send, MODIFY_UI",
        "notify_toast, MODIFY_UI"
    })
    void a_function_needs_its_permission_and_no_other_gives_it(String function, PermissionName needed) {
        PermissionName[] others = Arrays.stream(PermissionName.values())
                .filter(name -> name != needed && name != PermissionName.NETWORK_ACCESS)
                .toArray(PermissionName[]::new);
        PlatformGuest without = guest(others).onBehalfOf("anna");
        List<Permission> optional = List.of(new Permission.Plain(needed, Optional.empty(), true));

        CallResult result = without.result(function, "{}".getBytes(StandardCharsets.UTF_8), optional);

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Returned.class,
                        returned -> assertThat(new String(returned.output(), StandardCharsets.UTF_8))
                                .startsWith("{\"error\":{\"code\":\"permission-denied\""));
        assertThat(guest(needed, STORAGE_READ).onBehalfOf("anna").call(function, "{}"))
                .doesNotContain("permission-denied");
    }

    private PlatformGuest guest(PermissionName... names) {
        return new PlatformGuest(gate, Grants.of(names), TWO_ITEMS, Optional.empty());
    }
}
