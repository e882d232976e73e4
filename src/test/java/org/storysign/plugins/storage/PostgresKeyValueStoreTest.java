package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore.KeyRange;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

@ServiceTest
class PostgresKeyValueStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DataLimits ROOMY = new DataLimits(MemorySize.ofMiB(1), 1_000);
    private static final WriteCondition ALWAYS = new WriteCondition.Always();
    private static final WriteCondition ABSENT = new WriteCondition.Absent();

    @Inject
    PostgresKeyValueStore store;

    @Inject
    ExpiredDataCleanup cleanup;

    private final DataOwner owner = new DataOwner(Tenants.fresh(), new PluginId("notes"), Optional.empty());

    @Test
    void a_value_is_read_as_it_was_written_until_it_is_deleted() {
        assertThat(store.get(owner, "a", PATIENCE)).isEmpty();
        assertThat(put("a", "{\"n\": 1.0, \"text\": \"\\u0000é😀\"}", ALWAYS))
                .isEqualTo(new WriteOutcome.Done(1, true));
        assertThat(store.get(owner, "a", PATIENCE))
                .contains(new StoredValue("{\"n\": 1.0, \"text\": \"\\u0000é😀\"}", 1, Optional.empty()));

        assertThat(put("a", "2", ALWAYS)).isEqualTo(new WriteOutcome.Done(2, false));
        assertThat(store.delete(owner, "a", ALWAYS, PATIENCE)).isEqualTo(new WriteOutcome.Done(2, false));

        assertThat(store.get(owner, "a", PATIENCE)).isEmpty();
        assertThat(store.delete(owner, "a", ALWAYS, PATIENCE)).isEqualTo(new WriteOutcome.Missing());
    }

    @Test
    void a_condition_decides_and_a_revision_is_never_given_twice() {
        put("a", "1", ABSENT);

        assertThat(put("a", "2", ABSENT)).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(put("a", "2", at(7))).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(put("b", "2", at(1))).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(store.delete(owner, "a", at(7), PATIENCE)).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(store.get(owner, "a", PATIENCE).orElseThrow().json()).isEqualTo("1");

        assertThat(store.delete(owner, "a", at(1), PATIENCE)).isEqualTo(new WriteOutcome.Done(1, false));
        assertThat(put("a", "3", ABSENT)).isEqualTo(new WriteOutcome.Done(2, true));
        assertThat(put("a", "4", at(1))).as("the first life's revision").isEqualTo(new WriteOutcome.ConditionFailed());
    }

    @Test
    void a_counter_by_compare_and_set_loses_no_step_when_eight_count_at_once() throws Exception {
        put("counter", "0", ABSENT);

        Threads.together(8, () -> {
            for (int step = 0; step < 10; step++) {
                increment();
            }
            return null;
        });

        assertThat(store.get(owner, "counter", PATIENCE).orElseThrow().json()).isEqualTo("80");
    }

    private void increment() {
        WriteOutcome outcome;
        do {
            StoredValue read = store.get(owner, "counter", PATIENCE).orElseThrow();
            int next = Integer.parseInt(read.json()) + 1;
            outcome = put("counter", Integer.toString(next), at(read.revision()));
        } while (outcome instanceof WriteOutcome.ConditionFailed);
    }

    @Test
    void exactly_as_many_keys_and_bytes_are_kept_as_allowed_however_many_write_at_once() throws Exception {
        DataLimits keys = new DataLimits(MemorySize.ofMiB(1), 25);
        DataLimits bytes = new DataLimits(new MemorySize(100), 1_000);
        DataOwner other = new DataOwner(owner.tenant(), new PluginId("other"), Optional.empty());

        long kept = Threads.together(8, writing(owner, keys)).stream()
                .mapToLong(each -> each)
                .sum();
        long keptBytes = Threads.together(8, writing(other, bytes)).stream()
                .mapToLong(each -> each)
                .sum();

        assertThat(kept).isEqualTo(25);
        assertThat(keys(owner, "", 100)).hasSize(25);
        // A key of 4 bytes and a value of 6: ten of them fill 100 bytes.
        assertThat(keptBytes).isEqualTo(10);
        assertThat(put(other, "more", "1", bytes))
                .isEqualTo(new WriteOutcome.OverLimit("at most 100 bytes of keys and values"));
        assertThat(put(owner, "more", "1", keys)).isEqualTo(new WriteOutcome.OverLimit("at most 25 keys"));
        assertThat(put(owner, keys(owner, "", 1).getFirst(), "\"shrt\"", keys)).isInstanceOf(WriteOutcome.Done.class);
    }

    private Callable<Long> writing(DataOwner who, DataLimits limits) {
        return () -> IntStream.range(0, 10)
                .filter(index -> put(who, Threads.number() + "-" + (10 + index), "\"four\"", limits)
                        instanceof WriteOutcome.Done)
                .count();
    }

    @Test
    void what_has_outlived_its_time_is_not_there_and_not_counted_and_is_cleaned_away() throws Exception {
        DataLimits one = new DataLimits(MemorySize.ofMiB(1), 1);
        store.put(owner, new DataWrite("a", "1", Optional.of(Duration.ofHours(1)), ALWAYS), one, PATIENCE);
        Instant expiry =
                store.get(owner, "a", PATIENCE).orElseThrow().expiresAt().orElseThrow();
        assertThat(expiry)
                .isBetween(Instant.now().plusSeconds(3_000), Instant.now().plusSeconds(4_000));

        expireEverything();

        assertThat(store.get(owner, "a", PATIENCE)).isEmpty();
        assertThat(keys(owner, "", 10)).isEmpty();
        assertThat(store.delete(owner, "a", ALWAYS, PATIENCE)).isEqualTo(new WriteOutcome.Missing());
        assertThat(put(owner, "b", "1", one)).isEqualTo(new WriteOutcome.Done(2, true));
        expireEverything();
        cleanup.clean(owner.tenant()).await().atMost(PATIENCE);
        assertThat(Rows.count("plugin_data", owner.tenant())).isZero();
        assertThat(Rows.text("SELECT keys || ' ' || bytes FROM plugin_usage WHERE tenant = '" + owner.tenant() + "'"))
                .isEqualTo("0 0");
    }

    private void expireEverything() throws Exception {
        Rows.change("UPDATE plugin_data SET expires_at = now() - interval '1 second' WHERE tenant = '" + owner.tenant()
                + "'");
    }

    @Test
    void keys_are_listed_by_prefix_in_the_order_of_their_bytes() {
        List<String> ordered = List.of("p", "p/", "p/Z", "p/a", "p/é", "p/\uFFFD", "p/😀", "p/\uDBFF\uDFFF", "q");
        ordered.reversed().forEach(key -> put(key, "1", ALWAYS));

        assertThat(keys(owner, "", 100)).isEqualTo(ordered);
        assertThat(keys(owner, "p/", 100)).isEqualTo(ordered.subList(1, 8));
        assertThat(keys(owner, "p/", 2)).containsExactly("p/", "p/Z");
        assertThat(store.keys(owner, new KeyRange("p/", Optional.of("p/Z"), 2), PATIENCE))
                .containsExactly("p/a", "p/é");
        assertThat(keys(owner, "%", 10)).isEmpty();
    }

    @Test
    void users_plugins_and_tenants_do_not_see_each_others_keys() {
        put("a", "1", ALWAYS);

        Stream.of(
                        new DataOwner(owner.tenant(), owner.plugin(), Optional.of(new UserId("ada"))),
                        new DataOwner(owner.tenant(), new PluginId("other"), Optional.empty()),
                        new DataOwner(Tenants.fresh(), owner.plugin(), Optional.empty()))
                .forEach(stranger -> {
                    assertThat(store.get(stranger, "a", PATIENCE)).isEmpty();
                    assertThat(keys(stranger, "", 10)).isEmpty();
                    assertThat(put(stranger, "a", "2", ROOMY)).isInstanceOf(WriteOutcome.Done.class);
                });

        assertThat(store.get(owner, "a", PATIENCE).orElseThrow().json()).isEqualTo("1");
    }

    @Test
    void a_key_that_cannot_be_kept_is_refused_and_the_longest_one_is_kept() {
        for (String key : List.of("", "a\0b", "\uD800", "k".repeat(513), "é".repeat(257))) {
            assertThatThrownBy(() -> put(key, "1", ALWAYS))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.DATA_INVALID));
        }

        assertThat(put("é".repeat(256), "1", ALWAYS)).isEqualTo(new WriteOutcome.Done(1, true));
    }

    @Test
    void a_write_that_is_held_up_ends_at_its_timeout_and_leaves_no_connection_behind() throws Exception {
        put("a", "1", ALWAYS);
        try (Connection blocker = TestDatabase.asSuperuser();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("SELECT FROM plugin_usage WHERE tenant = '" + owner.tenant() + "' FOR UPDATE");

            for (int attempt = 0; attempt < 30; attempt++) {
                assertThatThrownBy(() -> store.put(
                                owner, new DataWrite("a", "2", Optional.empty(), ALWAYS), ROOMY, Duration.ofMillis(20)))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem -> assertThat(problem.code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE));
            }
            blocker.rollback();
        }

        // As many at once as the pool has connections: a lost one would let somebody wait in vain.
        List<WriteOutcome> after = Threads.together(20, () -> put("after-" + Threads.number(), "1", ALWAYS));
        assertThat(after).hasSize(20).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(WriteOutcome.Done.class));
    }

    private WriteOutcome put(String key, String json, WriteCondition condition) {
        return store.put(owner, new DataWrite(key, json, Optional.empty(), condition), ROOMY, PATIENCE);
    }

    private WriteOutcome put(DataOwner who, String key, String json, DataLimits limits) {
        return store.put(who, new DataWrite(key, json, Optional.empty(), ALWAYS), limits, PATIENCE);
    }

    private List<String> keys(DataOwner who, String prefix, int limit) {
        return store.keys(who, new KeyRange(prefix, Optional.empty(), limit), PATIENCE);
    }

    private static WriteCondition at(long revision) {
        return new WriteCondition.AtRevision(revision);
    }
}
