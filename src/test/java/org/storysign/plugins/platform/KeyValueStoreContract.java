package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;

/** What every {@link KeyValueStore} does. Each test has tenants of its own. */
public abstract class KeyValueStoreContract {

    protected static final Duration SOON = Duration.ofSeconds(5);
    private static final DataLimits ROOMY = new DataLimits(MemorySize.ofMiB(1), 1_000);
    private static final WriteCondition ALWAYS = new WriteCondition.Always();

    protected final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    /** The store under test. */
    protected abstract KeyValueStore store();

    /** Returns when at least that much time has gone by for the store. */
    protected abstract void letPass(Duration time);

    @Test
    void what_was_written_is_read() {
        WriteOutcome written = put(mine(), "score", "{\"points\":[1,2.50]}");

        StoredValue read = store().get(mine(), "score", SOON).orElseThrow();
        assertThat(read.json()).isEqualTo("{\"points\":[1,2.50]}");
        assertThat(read.expiresAt()).isEmpty();
        assertThat(written).isEqualTo(new WriteOutcome.Done(read.revision(), true));
    }

    @Test
    void a_key_that_was_never_written_is_not_there() {
        assertThat(store().get(mine(), "score", SOON)).isEmpty();
    }

    @Test
    void every_write_of_a_key_has_a_greater_revision() {
        long first = done(put(mine(), "score", "1")).revision();

        WriteOutcome.Done second = done(put(mine(), "score", "2"));

        assertThat(second.revision()).isGreaterThan(first);
        assertThat(second.created()).isFalse();
        assertThat(store().get(mine(), "score", SOON).orElseThrow().json()).isEqualTo("2");
    }

    @Test
    void json_of_every_kind_and_any_text_comes_back_as_it_was() {
        for (String json :
                List.of("null", "true", "-0.10", "1E+400", "\"\\u0000 \\\" 手話 \uD83D\uDE00\"", "[]", "{\"a\":{}}")) {
            put(mine(), "any", json);

            assertThat(store().get(mine(), "any", SOON).orElseThrow().json()).isEqualTo(json);
        }
    }

    @Test
    void keys_of_users_plugins_and_tenants_are_apart() {
        DataOwner user = new DataOwner(tenant, new PluginId("notes"), Optional.of(new UserId("anna")));
        DataOwner otherUser = new DataOwner(tenant, new PluginId("notes"), Optional.of(new UserId("ben")));
        DataOwner otherPlugin = new DataOwner(tenant, new PluginId("other"), Optional.empty());
        DataOwner foreign = new DataOwner(otherTenant, new PluginId("notes"), Optional.empty());

        put(mine(), "k", "1");
        put(user, "k", "2");

        assertThat(store().get(mine(), "k", SOON).orElseThrow().json()).isEqualTo("1");
        assertThat(store().get(user, "k", SOON).orElseThrow().json()).isEqualTo("2");
        for (DataOwner nobody : List.of(otherUser, otherPlugin, foreign)) {
            assertThat(store().get(nobody, "k", SOON)).isEmpty();
            assertThat(keys(nobody, "", Optional.empty(), 10)).isEmpty();
            assertThat(store().delete(nobody, "k", ALWAYS, SOON)).isEqualTo(new WriteOutcome.Missing());
        }
    }

    @Test
    void a_key_is_created_only_once_under_the_condition_that_it_is_absent() {
        DataWrite create = new DataWrite("lock", "1", Optional.empty(), new WriteCondition.Absent());

        assertThat(store().put(mine(), create, ROOMY, SOON)).isInstanceOf(WriteOutcome.Done.class);
        assertThat(store().put(mine(), create, ROOMY, SOON)).isEqualTo(new WriteOutcome.ConditionFailed());
    }

    @Test
    void a_write_under_a_revision_happens_only_at_that_revision() {
        long revision = done(put(mine(), "count", "1")).revision();

        WriteOutcome wrong = put(mine(), "count", "2", new WriteCondition.AtRevision(revision + 1));
        WriteOutcome right = put(mine(), "count", "3", new WriteCondition.AtRevision(revision));
        WriteOutcome late = put(mine(), "count", "4", new WriteCondition.AtRevision(revision));

        assertThat(wrong).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(right).isInstanceOf(WriteOutcome.Done.class);
        assertThat(late).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(store().get(mine(), "count", SOON).orElseThrow().json()).isEqualTo("3");
    }

    @Test
    void a_write_under_a_revision_does_not_create() {
        WriteOutcome outcome = put(mine(), "count", "1", new WriteCondition.AtRevision(1));

        assertThat(outcome).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(store().get(mine(), "count", SOON)).isEmpty();
    }

    @Test
    void a_deleted_key_is_gone_and_its_revision_told() {
        long revision = done(put(mine(), "score", "1")).revision();

        WriteOutcome first = store().delete(mine(), "score", ALWAYS, SOON);
        WriteOutcome second = store().delete(mine(), "score", ALWAYS, SOON);

        assertThat(first).isEqualTo(new WriteOutcome.Done(revision, false));
        assertThat(second).isEqualTo(new WriteOutcome.Missing());
        assertThat(store().get(mine(), "score", SOON)).isEmpty();
    }

    @Test
    void a_delete_under_a_revision_happens_only_at_that_revision() {
        long revision = done(put(mine(), "score", "1")).revision();

        WriteOutcome wrong = store().delete(mine(), "score", new WriteCondition.AtRevision(revision + 1), SOON);
        WriteOutcome right = store().delete(mine(), "score", new WriteCondition.AtRevision(revision), SOON);

        assertThat(wrong).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(right).isInstanceOf(WriteOutcome.Done.class);
    }

    @Test
    void keys_are_listed_by_their_bytes_with_prefix_and_page() {
        for (String key : List.of("b", "a/2", "a/10", "a/ü", "a/\uD83D\uDE00", "a/Z", "A")) {
            put(mine(), key, "1");
        }

        assertThat(keys(mine(), "a/", Optional.empty(), 10))
                .containsExactly("a/10", "a/2", "a/Z", "a/ü", "a/\uD83D\uDE00");
        assertThat(keys(mine(), "a/", Optional.of("a/2"), 2)).containsExactly("a/Z", "a/ü");
        assertThat(keys(mine(), "", Optional.empty(), 2)).containsExactly("A", "a/10");
    }

    @Test
    void a_prefix_is_text_and_no_pattern() {
        put(mine(), "a%b", "1");
        put(mine(), "axb", "1");
        put(mine(), "a_c", "1");

        assertThat(keys(mine(), "a%", Optional.empty(), 10)).containsExactly("a%b");
        assertThat(keys(mine(), "a_", Optional.empty(), 10)).containsExactly("a_c");
        assertThat(keys(mine(), "a\\", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void a_value_that_has_outlived_its_time_is_not_there() {
        DataWrite brief = new DataWrite("brief", "1", Optional.of(Duration.ofSeconds(1)), ALWAYS);
        store().put(mine(), brief, ROOMY, SOON);
        assertThat(store().get(mine(), "brief", SOON).orElseThrow().expiresAt()).isPresent();

        letPass(Duration.ofSeconds(1));

        assertThat(store().get(mine(), "brief", SOON)).isEmpty();
        assertThat(keys(mine(), "", Optional.empty(), 10)).isEmpty();
        assertThat(store().delete(mine(), "brief", ALWAYS, SOON)).isEqualTo(new WriteOutcome.Missing());
        assertThat(put(mine(), "brief", "2", new WriteCondition.Absent())).isInstanceOf(WriteOutcome.Done.class);
    }

    @Test
    void one_key_more_than_the_limit_is_refused_and_counts_all_of_the_plugins_keys() {
        DataLimits two = new DataLimits(MemorySize.ofKiB(1), 2);
        DataOwner user = new DataOwner(tenant, new PluginId("notes"), Optional.of(new UserId("anna")));
        put(mine(), "a", "1", two);
        put(user, "b", "1", two);

        WriteOutcome third = put(mine(), "c", "1", two);

        assertThat(third).isInstanceOf(WriteOutcome.OverLimit.class);
        assertThat(put(mine(), "a", "2", two)).isInstanceOf(WriteOutcome.Done.class);
        assertThat(store().get(mine(), "c", SOON)).isEmpty();
    }

    @Test
    void one_byte_more_than_the_limit_is_refused() {
        DataLimits ten = new DataLimits(new MemorySize(10), 100);

        assertThat(put(mine(), "key", "1234567", ten)).isInstanceOf(WriteOutcome.Done.class);
        assertThat(put(mine(), "key", "12345678", ten)).isInstanceOf(WriteOutcome.OverLimit.class);
        assertThat(put(mine(), "x", "1", ten)).isInstanceOf(WriteOutcome.OverLimit.class);
        assertThat(store().get(mine(), "key", SOON).orElseThrow().json()).isEqualTo("1234567");
    }

    @Test
    void what_was_deleted_makes_room() {
        DataLimits one = new DataLimits(MemorySize.ofKiB(1), 1);
        put(mine(), "a", "1", one);

        store().delete(mine(), "a", ALWAYS, SOON);

        assertThat(put(mine(), "b", "1", one)).isInstanceOf(WriteOutcome.Done.class);
    }

    @Test
    void counting_by_compare_and_set_from_many_threads_loses_nothing() throws InterruptedException {
        put(mine(), "count", "0");

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    for (int time = 0; time < 25; time++) {
                        countUp();
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(store().get(mine(), "count", SOON).orElseThrow().json()).isEqualTo("100");
    }

    private void countUp() {
        WriteOutcome outcome;
        do {
            StoredValue present = store().get(mine(), "count", SOON).orElseThrow();
            String next = String.valueOf(Integer.parseInt(present.json()) + 1);
            outcome = put(mine(), "count", next, new WriteCondition.AtRevision(present.revision()));
        } while (outcome instanceof WriteOutcome.ConditionFailed);
    }

    private DataOwner mine() {
        return new DataOwner(tenant, new PluginId("notes"), Optional.empty());
    }

    private List<String> keys(DataOwner owner, String prefix, Optional<String> after, int limit) {
        return store().keys(owner, new KeyValueStore.KeyRange(prefix, after, limit), SOON);
    }

    private WriteOutcome put(DataOwner owner, String key, String json) {
        return put(owner, key, json, ALWAYS);
    }

    private WriteOutcome put(DataOwner owner, String key, String json, WriteCondition condition) {
        return store().put(owner, new DataWrite(key, json, Optional.empty(), condition), ROOMY, SOON);
    }

    private WriteOutcome put(DataOwner owner, String key, String json, DataLimits limits) {
        return store().put(
                        owner, new DataWrite(key, json, Optional.empty(), ALWAYS), LimitSwitch.plugged(limits), SOON);
    }

    private static WriteOutcome.Done done(WriteOutcome outcome) {
        return (WriteOutcome.Done) outcome;
    }
}
