package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.plugin.history.CallFilter;
import org.storysign.plugins.plugin.history.CallHistory;
import org.storysign.plugins.plugin.history.CallRecord;
import org.storysign.plugins.plugin.history.Ends;
import org.storysign.plugins.plugin.history.HistoryBatch;
import org.storysign.plugins.plugin.history.HistoryTerms;
import org.storysign.plugins.plugin.history.LineFilter;
import org.storysign.plugins.plugin.history.LineRecord;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.LogLine.Level;

@ServiceTest
class PostgresHistoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    PostgresHistory store;

    @Inject
    FunctionCalls functions;

    private final TenantId tenant = Tenants.fresh();

    @Test
    void a_call_comes_back_as_it_was_written() {
        HistoryBatch batch = batch(1);

        store.write(tenant, batch);

        CallRecord call = calls().getFirst();
        assertThat(call.id())
                .isEqualTo(batch.calls()
                        .getFirst()
                        .invocation()
                        .context()
                        .invocation()
                        .value());
        assertThat(call.figures()).isEqualTo(new CallRecord.Figures(2, 1, 100, 65_536, 3));
        assertThat(call.occasion())
                .isEqualTo(batch.calls().getFirst().invocation().occasion());
        assertThat(call.code()).contains("unreachable");
        assertThat(call.trace()).contains(Ends.TRACE.value());
        assertThat(lines(0).getFirst().invocation()).contains(call.id());
    }

    @Test
    void the_most_that_any_call_used_is_told_of_what_is_kept() {
        assertThat(await(store.most(tenant, Ends.NOTES, Instant.EPOCH)))
                .isEqualTo(new CallRecord.Figures(0, 0, 0, 0, 0));

        store.write(tenant, batch(3));

        assertThat(await(store.most(tenant, Ends.NOTES, Instant.EPOCH)))
                .isEqualTo(new CallRecord.Figures(2, 1, 100, 65_536, 3));
        assertThat(await(store.most(tenant, Ends.NOTES, Instant.now().plusSeconds(3_600))))
                .isEqualTo(new CallRecord.Figures(0, 0, 0, 0, 0));
    }

    @Test
    void amounts_of_several_processes_add_up() {
        store.write(tenant, batch(2));
        store.write(tenant, batch(3));

        assertThat(await(store.usage(tenant, Ends.NOTES, Instant.EPOCH)))
                .filteredOn(more -> more.counter().kind().publicName().equals("calls"))
                .extracting(HistoryBatch.Amount::amount)
                .containsExactly(5L);
        assertThat(await(store.usage(tenant, Ends.NOTES, Instant.now().plusSeconds(3_600))))
                .isEmpty();
    }

    @Test
    void a_batch_that_is_written_again_brings_no_call_twice() {
        HistoryBatch batch = batch(3);
        store.write(tenant, batch);

        store.write(tenant, batch);

        assertThat(calls()).hasSize(3);
    }

    @Test
    void another_tenant_finds_nothing() {
        store.write(tenant, batch(1));
        TenantId other = Tenants.fresh();

        assertThat(await(store.calls(other, CallFilter.of(Ends.NOTES), 10))).isEmpty();
        assertThat(await(store.linesAfter(other, new LineFilter(Ends.NOTES, Level.TRACE, 0), 10)))
                .isEmpty();
        assertThat(await(store.usage(other, Ends.NOTES, Instant.EPOCH))).isEmpty();
    }

    @Test
    void who_reads_on_while_several_processes_write_passes_no_line_over() throws Exception {
        int writers = 3;
        int each = 20;
        List<String> read = new ArrayList<>();
        long place = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<? extends Future<?>> writing = IntStream.range(0, writers)
                    .mapToObj(writer -> threads.submit(() -> {
                        for (int turn = 0; turn < each; turn++) {
                            store.write(tenant, batch(2));
                        }
                    }))
                    .toList();
            boolean over;
            do {
                over = writing.stream().allMatch(Future::isDone);
                for (List<LineRecord> page = lines(place); !page.isEmpty(); page = lines(place)) {
                    page.forEach(line -> read.add(line.line().text()));
                    place = page.getLast().sequence();
                }
            } while (!over);
            for (Future<?> one : writing) {
                one.get();
            }
        }

        assertThat(read).hasSize(writers * each * 2);
    }

    @Test
    void what_is_too_old_or_too_much_is_deleted_the_oldest_first() throws SQLException {
        store.write(tenant, batch(10));
        List<CallRecord> before = calls();
        Rows.change("UPDATE invocation SET at = now() - interval '8 days' WHERE tenant = '" + tenant
                + "' AND sequence = " + before.getLast().sequence());
        Rows.change("INSERT INTO plugin_usage_hour VALUES ('" + tenant
                + "', 'notes', now() - interval '31 days', 'calls', '', 1)");

        assertThat(purge(100, 4)).isEqualTo(1 + 6 + 1);
        assertThat(calls()).isEqualTo(before.subList(0, 9));
        assertThat(lines(0)).hasSize(4);
        assertThat(purge(5, 4)).isEqualTo(4);
        assertThat(calls()).isEqualTo(before.subList(0, 5));
        assertThat(purge(5, 4)).isZero();
    }

    @Test
    void what_the_database_refuses_is_no_reason_to_try_again() {
        assertThatThrownBy(() -> functions.ask(
                        "SELECT history_write($1, $2, '[]', '[]')",
                        Tuple.of(tenant.value(), "[{\"plugin\": \"notes\"}]"),
                        PATIENCE))
                .isInstanceOf(IllegalStateException.class);
    }

    private int purge(int keepsCalls, int keepsLines) {
        return functions
                .ask(
                        "SELECT history_purge($1, $2, $3, $4, $5, $6)",
                        Tuple.tuple()
                                .addString(tenant.value())
                                .addLong(Duration.ofDays(7).toMillis())
                                .addLong(Duration.ofDays(30).toMillis())
                                .addInteger(keepsCalls)
                                .addInteger(keepsLines)
                                .addInteger(500),
                        PATIENCE)
                .getFirst()
                .getInteger(0);
    }

    private HistoryBatch batch(int calls) {
        CallHistory history = new CallHistory(HistoryTerms.USUAL, Clock.systemUTC());
        for (int call = 0; call < calls; call++) {
            history.ended(Ends.call(tenant, Ends.NOTES), Ends.failed(ProblemCode.UNREACHABLE, "a line"));
        }
        return Objects.requireNonNull(history.drain().get(tenant));
    }

    private List<CallRecord> calls() {
        return await(store.calls(tenant, CallFilter.of(Ends.NOTES), 100));
    }

    private List<LineRecord> lines(long after) {
        return await(store.linesAfter(tenant, new LineFilter(Ends.NOTES, Level.TRACE, after), 7));
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
