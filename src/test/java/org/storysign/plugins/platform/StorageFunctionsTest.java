package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.permission.PermissionName.READ_USER_DATA;
import static org.storysign.plugins.permission.PermissionName.STORAGE_READ;
import static org.storysign.plugins.permission.PermissionName.STORAGE_WRITE;
import static org.storysign.plugins.permission.PermissionName.WRITE_USER_DATA;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class StorageFunctionsTest {

    private static final DataLimits ROOMY = new DataLimits(MemorySize.ofMiB(10), 100);

    private final TestClock clock = new TestClock();
    private final InMemoryKeyValueStore store = new InMemoryKeyValueStore(clock);
    private final PlatformGate gate = new PlatformGate(new StorageFunctions(store).all());

    @Test
    void a_guest_reads_what_it_wrote() {
        PlatformGuest guest = guest(STORAGE_READ, STORAGE_WRITE);

        assertThat(guest.call("storage_set", "{\"key\":\"score\",\"value\":{\"points\":1.50}}"))
                .isEqualTo("{\"ok\":{\"revision\":1,\"created\":true}}");
        assertThat(guest.call("storage_get", "{\"key\":\"score\"}"))
                .isEqualTo("{\"ok\":{\"value\":{\"points\":1.50},\"revision\":1,\"expires_at\":null}}");
    }

    @Test
    void a_key_that_is_not_there_is_null() {
        assertThat(guest(STORAGE_READ).call("storage_get", "{\"key\":\"score\"}"))
                .isEqualTo("{\"ok\":null}");
    }

    @Test
    void a_value_lives_as_long_as_the_guest_says() {
        PlatformGuest guest = guest(STORAGE_READ, STORAGE_WRITE);
        guest.call("storage_set", "{\"key\":\"brief\",\"value\":1,\"ttl_seconds\":60}");
        assertThat(guest.call("storage_get", "{\"key\":\"brief\"}"))
                .contains("\"expires_at\":\"2026-11-22T12:01:00Z\"");

        clock.advance(Duration.ofSeconds(60));

        assertThat(guest.call("storage_get", "{\"key\":\"brief\"}")).isEqualTo("{\"ok\":null}");
    }

    @Test
    void compare_and_set_writes_only_at_the_revision_that_was_read() {
        PlatformGuest guest = guest(STORAGE_READ, STORAGE_WRITE);
        guest.call("storage_set", "{\"key\":\"count\",\"value\":1}");

        String wrong = guest.call("storage_set", "{\"key\":\"count\",\"value\":2,\"if_revision\":7}");
        String right = guest.call("storage_set", "{\"key\":\"count\",\"value\":2,\"if_revision\":1}");
        String absent = guest.call("storage_set", "{\"key\":\"count\",\"value\":3,\"if_absent\":true}");

        assertThat(wrong).startsWith("{\"error\":{\"code\":\"precondition-failed\"");
        assertThat(right).isEqualTo("{\"ok\":{\"revision\":2,\"created\":false}}");
        assertThat(absent).startsWith("{\"error\":{\"code\":\"precondition-failed\"");
    }

    @Test
    void a_guest_deletes_and_learns_whether_there_was_something() {
        PlatformGuest guest = guest(STORAGE_WRITE);
        guest.call("storage_set", "{\"key\":\"a\",\"value\":1}");

        assertThat(guest.call("storage_delete", "{\"key\":\"a\",\"if_revision\":9}"))
                .startsWith("{\"error\":{\"code\":\"precondition-failed\"");
        assertThat(guest.call("storage_delete", "{\"key\":\"a\"}")).isEqualTo("{\"ok\":{\"deleted\":true}}");
        assertThat(guest.call("storage_delete", "{\"key\":\"a\"}")).isEqualTo("{\"ok\":{\"deleted\":false}}");
    }

    @Test
    void keys_are_listed_in_pages() {
        PlatformGuest guest = guest(STORAGE_READ, STORAGE_WRITE);
        for (String key : List.of("a/1", "a/2", "a/3", "b")) {
            guest.call("storage_set", "{\"key\":\"" + key + "\",\"value\":1}");
        }

        assertThat(guest.call("storage_list", "{\"prefix\":\"a/\",\"limit\":2}"))
                .isEqualTo("{\"ok\":{\"keys\":[\"a/1\",\"a/2\"],\"cursor\":\"a/2\"}}");
        assertThat(guest.call("storage_list", "{\"prefix\":\"a/\",\"limit\":2,\"cursor\":\"a/2\"}"))
                .isEqualTo("{\"ok\":{\"keys\":[\"a/3\"],\"cursor\":null}}");
        assertThat(guest.call("storage_list", "{}"))
                .isEqualTo("{\"ok\":{\"keys\":[\"a/1\",\"a/2\",\"a/3\",\"b\"],\"cursor\":null}}");
    }

    @Test
    void a_users_keys_are_those_of_the_calls_user_and_need_the_permission_for_users() {
        PlatformGuest guest = guest(STORAGE_READ, STORAGE_WRITE, READ_USER_DATA, WRITE_USER_DATA);
        PlatformGuest anna = guest.onBehalfOf("anna");

        anna.call("storage_set", "{\"key\":\"k\",\"value\":\"anna's\",\"user\":true}");
        guest.call("storage_set", "{\"key\":\"k\",\"value\":\"own\"}");

        assertThat(anna.call("storage_get", "{\"key\":\"k\",\"user\":true}")).contains("anna's");
        assertThat(anna.call("storage_get", "{\"key\":\"k\"}")).contains("own");
        assertThat(guest.onBehalfOf("ben").call("storage_get", "{\"key\":\"k\",\"user\":true}"))
                .isEqualTo("{\"ok\":null}");
        assertThat(store.get(
                        new DataOwner(TenantId.DEFAULT, new PluginId("notes"), Optional.of(new UserId("anna"))),
                        "k",
                        Duration.ofSeconds(1)))
                .isPresent();
    }

    @Test
    void a_call_for_nobody_has_no_users_keys() {
        PlatformGuest guest = guest(READ_USER_DATA);

        assertThat(guest.call("storage_get", "{\"key\":\"k\",\"user\":true}"))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    @Test
    void the_permission_for_users_is_none_for_own_keys_and_the_other_way_round() {
        PlatformGuest forUsers = guest(READ_USER_DATA, WRITE_USER_DATA).onBehalfOf("anna");
        PlatformGuest forItself = guest(STORAGE_READ, STORAGE_WRITE).onBehalfOf("anna");

        for (String call : List.of(
                "storage_get {\"key\":\"k\"%s}", "storage_set {\"key\":\"k\",\"value\":1%s}",
                "storage_delete {\"key\":\"k\"%s}", "storage_list {\"prefix\":\"k\"%s}")) {
            String name = call.substring(0, call.indexOf(' '));
            String input = call.substring(call.indexOf(' ') + 1);

            assertThat(forUsers.call(name, input.formatted("")))
                    .startsWith("{\"error\":{\"code\":\"permission-denied\"");
            assertThat(forItself.call(name, input.formatted(",\"user\":true")))
                    .startsWith("{\"error\":{\"code\":\"permission-denied\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "storage_get | not JSON",
                "storage_get | ~~",
                "storage_get | []",
                "storage_get | {}",
                "storage_get | {\"key\":1}",
                "storage_get | {\"key\":\"\"}",
                "storage_get | {\"key\":\"a\\u0000b\"}",
                "storage_get | {\"key\":\"a\\nb\"}",
                "storage_get | {\"key\":\"\\ud800\"}",
                "storage_get | {\"key\":\"a\",\"key\":\"b\"}",
                "storage_get | {\"key\":\"a\",\"tenant\":\"other\"}",
                "storage_get | {\"key\":\"a\",\"user_id\":\"ben\"}",
                "storage_get | {\"key\":\"a\",\"plugin_id\":\"other\"}",
                "storage_get | {\"key\":\"a\"} {}",
                "storage_set | {\"key\":\"a\"}",
                "storage_set | {\"key\":\"a\",\"value\":NaN}",
                "storage_set | {\"key\":\"a\",\"value\":1e999999999}",
                "storage_set | {\"key\":\"a\",\"value\":1,\"ttl_seconds\":0}",
                "storage_set | {\"key\":\"a\",\"value\":1,\"ttl_seconds\":-1}",
                "storage_set | {\"key\":\"a\",\"value\":1,\"ttl_seconds\":1.5}",
                "storage_set | {\"key\":\"a\",\"value\":1,\"ttl_seconds\":99999999999}",
                "storage_set | {\"key\":\"a\",\"value\":1,\"if_revision\":0}",
                "storage_set | {\"key\":\"a\",\"value\":1,\"if_revision\":1,\"if_absent\":true}",
                "storage_set | {\"key\":\"a\",\"value\":1,\"if_absent\":\"yes\"}",
                "storage_list | {\"limit\":0}",
                "storage_list | {\"limit\":1001}",
                "storage_list | {\"prefix\":7}",
                "storage_list | {\"cursor\":\"\"}"
            })
    void input_of_another_form_is_refused_and_nothing_is_stored(String function, String input) {
        PlatformGuest guest = guest(STORAGE_READ, STORAGE_WRITE);

        String answer = guest.call(function, input);

        assertThat(answer).startsWith("{\"error\":{\"code\":\"data-invalid\"");
        assertThat(guest.call("storage_list", "{}")).isEqualTo("{\"ok\":{\"keys\":[],\"cursor\":null}}");
    }

    @Test
    void input_that_is_no_utf_8_is_refused() {
        byte[] broken = "{\"key\":\"aXb\"}".getBytes(StandardCharsets.UTF_8);
        broken[9] = (byte) 0xFF;

        assertThat(guest(STORAGE_READ).call("storage_get", broken)).startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    @Test
    void a_key_of_512_bytes_is_stored_and_one_of_513_is_not() {
        PlatformGuest guest = guest(STORAGE_WRITE);
        String largest = "ü".repeat(256);

        assertThat(guest.call("storage_set", "{\"key\":\"" + largest + "\",\"value\":1}"))
                .startsWith("{\"ok\"");
        assertThat(guest.call("storage_set", "{\"key\":\"" + largest + "x\",\"value\":1}"))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    @Test
    void a_value_of_more_than_a_mebibyte_is_refused() {
        PlatformGuest guest = guest(STORAGE_WRITE);
        String largest = "x".repeat(KeyValueStore.LARGEST_VALUE - 2);

        assertThat(guest.call("storage_set", "{\"key\":\"a\",\"value\":\"" + largest + "\"}"))
                .startsWith("{\"ok\"");
        assertThat(guest.call("storage_set", "{\"key\":\"a\",\"value\":\"" + largest + "x\"}"))
                .startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    @Test
    void a_value_nested_deeper_than_a_guest_may_is_refused() {
        PlatformGuest guest = guest(STORAGE_WRITE);

        assertThat(guest.call("storage_set", nested(99))).startsWith("{\"ok\"");
        assertThat(guest.call("storage_set", nested(100))).startsWith("{\"error\":{\"code\":\"data-invalid\"");
        assertThat(guest.call("storage_set", nested(100_000))).startsWith("{\"error\":{\"code\":\"data-invalid\"");
    }

    @Test
    void what_goes_over_the_plugins_limit_is_refused() {
        PlatformGuest guest = new PlatformGuest(
                gate, Grants.of(STORAGE_WRITE), new DataLimits(MemorySize.ofKiB(1), 1), Optional.empty());
        guest.call("storage_set", "{\"key\":\"a\",\"value\":1}");

        assertThat(guest.call("storage_set", "{\"key\":\"b\",\"value\":1}"))
                .isEqualTo(
                        "{\"error\":{\"code\":\"data-quota-exceeded\",\"message\":\"the plugin may keep at most 1 keys\"}}");
    }

    @Test
    void a_store_that_does_not_answer_is_an_error_for_the_guest_and_no_trap() {
        PlatformGate broken = new PlatformGate(new StorageFunctions(new UnavailableStore()).all());
        PlatformGuest guest = new PlatformGuest(broken, Grants.of(STORAGE_READ), ROOMY, Optional.empty());

        assertThat(guest.call("storage_get", "{\"key\":\"a\"}"))
                .isEqualTo("{\"error\":{\"code\":\"database-unavailable\",\"message\":\"down\"}}");
    }

    private PlatformGuest guest(PermissionName... granted) {
        return new PlatformGuest(gate, Grants.of(granted), ROOMY, Optional.empty());
    }

    private static String nested(int depth) {
        return "{\"key\":\"a\",\"value\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    /** As when the database is down. */
    private static final class UnavailableStore implements KeyValueStore {

        @Override
        public Optional<StoredValue> get(DataOwner owner, String key, Duration timeout) {
            throw down();
        }

        @Override
        public WriteOutcome put(DataOwner owner, DataWrite write, DataLimits limits, Duration timeout) {
            throw down();
        }

        @Override
        public WriteOutcome delete(DataOwner owner, String key, WriteCondition condition, Duration timeout) {
            throw down();
        }

        @Override
        public List<String> keys(DataOwner owner, KeyRange range, Duration timeout) {
            throw down();
        }

        private static ProblemException down() {
            return new ProblemException(ProblemCode.DATABASE_UNAVAILABLE, "down");
        }
    }
}
