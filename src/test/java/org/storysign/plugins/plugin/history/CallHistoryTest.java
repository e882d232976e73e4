package org.storysign.plugins.plugin.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.platform.GateAnswer;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.problem.ProblemCode;

class CallHistoryTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final HistoryTerms TERMS = new HistoryTerms(2, 3, 4, 1_000, 100_000);

    private static final HistoryBatch NOTHING = new HistoryBatch(List.of(), List.of(), List.of());

    private final TestClock clock = new TestClock();
    private final CallHistory history = new CallHistory(TERMS, clock);

    @Test
    void a_call_is_kept_with_its_figures_and_its_lines() {
        Invocation call = Ends.call(TENANT, Ends.NOTES);

        history.ended(call, Ends.failed(ProblemCode.FUEL_EXHAUSTED, "hello"));

        HistoryBatch batch = drained(history);
        assertThat(batch.calls()).singleElement().satisfies(kept -> {
            assertThat(kept.invocation()).isEqualTo(call);
            assertThat(kept.at()).isEqualTo(clock.instant());
            assertThat(kept.problem()).contains(ProblemCode.FUEL_EXHAUSTED);
        });
        assertThat(batch.lines()).singleElement().satisfies(line -> {
            assertThat(line.invocation()).contains(call.context().invocation());
            assertThat(line.line().text()).isEqualTo("hello");
        });
        assertThat(amounts(batch))
                .isEqualTo(Map.of(
                        "calls",
                        1L,
                        "failed fuel-exhausted",
                        1L,
                        "fuel",
                        100L,
                        "run_time",
                        2L,
                        "wait_time",
                        1L,
                        "host_calls",
                        3L,
                        "lines",
                        1L));
        assertThat(batch.amounts())
                .allMatch(more -> more.hour().equals(clock.instant().truncatedTo(ChronoUnit.HOURS)));
        assertThat(history.drain()).isEmpty();
    }

    @Test
    void above_a_rate_successes_are_sampled_while_failures_are_all_kept() {
        for (int call = 0; call < 10; call++) {
            history.ended(Ends.call(TENANT, Ends.NOTES), Ends.well());
        }
        for (int call = 0; call < 3; call++) {
            history.ended(Ends.call(TENANT, Ends.NOTES), Ends.failed(ProblemCode.UNREACHABLE));
        }

        HistoryBatch batch = drained(history);
        assertThat(batch.calls()).filteredOn(call -> call.problem().isEmpty()).hasSize(2);
        assertThat(batch.calls()).filteredOn(call -> call.problem().isPresent()).hasSize(3);
        assertThat(amounts(batch)).containsEntry("calls", 13L).doesNotContainKey("failures_left_out");
    }

    @Test
    void failures_beyond_their_rate_are_counted_and_the_next_second_has_room_again() {
        for (int call = 0; call < 5; call++) {
            history.ended(Ends.call(TENANT, Ends.NOTES), Ends.failed(ProblemCode.UNREACHABLE));
        }
        clock.advance(Duration.ofSeconds(1));
        history.ended(Ends.call(TENANT, Ends.NOTES), Ends.failed(ProblemCode.UNREACHABLE));

        HistoryBatch batch = drained(history);
        assertThat(batch.calls()).hasSize(4);
        assertThat(amounts(batch)).containsEntry("failed unreachable", 6L).containsEntry("failures_left_out", 2L);
    }

    @Test
    void one_plugins_flood_takes_nothing_from_another_plugin() {
        for (int call = 0; call < 50; call++) {
            history.ended(Ends.call(TENANT, Ends.NOTES), Ends.well("flood"));
        }
        history.ended(Ends.call(TENANT, new PluginId("quiet")), Ends.well("one line"));

        HistoryBatch batch = drained(history);
        assertThat(batch.calls()).filteredOn(CallHistoryTest::isQuiet).hasSize(1);
        assertThat(batch.lines())
                .filteredOn(line -> "quiet".equals(line.plugin().value()))
                .hasSize(1);
    }

    @Test
    void lines_beyond_their_rate_leave_one_line_that_says_how_many() {
        history.ended(Ends.call(TENANT, Ends.NOTES), Ends.well("1", "2", "3"));
        history.ended(Ends.call(TENANT, Ends.NOTES), Ends.well("4", "5", "6"));

        HistoryBatch batch = drained(history);

        assertThat(batch.lines().stream().map(line -> line.line().text()))
                .containsExactly("1", "2", "3", "4", "2 lines were left out here: the plugin logs more than is kept");
        assertThat(batch.lines().getLast().invocation()).isEmpty();
        assertThat(amounts(batch)).containsEntry("lines", 6L).containsEntry("lines_left_out", 2L);
    }

    @Test
    void a_line_is_cut_at_4000_characters_and_never_inside_one() {
        history.ended(Ends.call(TENANT, Ends.NOTES), Ends.well("x".repeat(3_999) + "😀" + "y".repeat(10)));

        assertThat(drained(history).lines().getFirst().line().text())
                .isEqualTo("x".repeat(3_999) + "… (cut, 4011 characters)");
    }

    @Test
    void what_an_observed_call_would_have_changed_takes_room_by_its_length() {
        CallHistory small = new CallHistory(new HistoryTerms(99, 99, 99, 50, 210), clock);
        String long2000 = "{\"changed\":\"" + "x".repeat(2_000 - 14) + "\"}";

        for (int call = 0; call < 5; call++) {
            small.ended(Ends.call(TENANT, Ends.NOTES), Ends.observed(long2000));
        }

        assertThat(drained(small).calls())
                .hasSize(2)
                .first()
                .satisfies(call -> assertThat(call.would()).contains(long2000));
    }

    @Test
    void a_full_memory_takes_no_more_and_counts_what_it_leaves_out() {
        CallHistory small = new CallHistory(new HistoryTerms(9, 9, 9, 2, 210), clock);

        for (int call = 0; call < 5; call++) {
            small.ended(Ends.call(TENANT, Ends.NOTES), Ends.failed(ProblemCode.UNREACHABLE, "12345"));
        }

        HistoryBatch batch = drained(small);
        assertThat(batch.calls()).hasSize(2);
        assertThat(batch.lines()).hasSize(3);
        assertThat(amounts(batch))
                .containsEntry("calls", 5L)
                .containsEntry("failures_left_out", 3L)
                .containsEntry("lines", 5L)
                .containsEntry("lines_left_out", 3L);
    }

    @Test
    void answers_of_the_gate_are_counted_by_function_and_denials_apart() {
        history.answered(answer("storage_get", Optional.empty()));
        history.answered(answer("storage_get", Optional.of(ProblemCode.PERMISSION_DENIED)));
        history.answered(answer("user_get", Optional.of(ProblemCode.SERVICE_UNAVAILABLE)));

        assertThat(amounts(drained(history)))
                .isEqualTo(Map.of("function storage_get", 2L, "denied storage_get", 1L, "function user_get", 1L));
    }

    @Test
    void under_a_flood_from_many_threads_while_it_is_drained_every_call_is_counted_once() throws Exception {
        int each = 20_000;
        Map<String, Long> sums = new HashMap<>();
        long kept = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<? extends Future<?>> flood = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> {
                        for (int call = 0; call < each; call++) {
                            history.ended(Ends.call(TENANT, Ends.NOTES), Ends.failed(ProblemCode.UNREACHABLE, "line"));
                        }
                    }))
                    .toList();
            while (!flood.stream().allMatch(Future::isDone)) {
                kept += add(sums);
            }
            for (Future<?> one : flood) {
                one.get();
            }
        }
        kept += add(sums);

        assertThat(sums).containsEntry("calls", 4L * each).containsEntry("failed unreachable", 4L * each);
        assertThat(kept + sums.getOrDefault("failures_left_out", 0L)).isEqualTo(4L * each);
    }

    private long add(Map<String, Long> sums) {
        HistoryBatch batch = history.drain().getOrDefault(TENANT, NOTHING);
        amounts(batch).forEach((name, amount) -> sums.merge(name, amount, Long::sum));
        return batch.calls().size();
    }

    private static HistoryBatch drained(CallHistory full) {
        return full.drain().getOrDefault(TENANT, NOTHING);
    }

    private static boolean isQuiet(EndedCall call) {
        return "quiet".equals(call.invocation().context().plugin().value());
    }

    private static GateAnswer answer(String function, Optional<ProblemCode> refused) {
        return new GateAnswer(TENANT, Ends.NOTES, PlatformService.STORAGE, function, refused, Duration.ZERO);
    }

    private static Map<String, Long> amounts(HistoryBatch batch) {
        Map<String, Long> amounts = new HashMap<>();
        batch.amounts()
                .forEach(more -> amounts.merge(
                        (more.counter().kind().publicName() + " "
                                        + more.counter().name())
                                .strip(),
                        more.amount(),
                        Long::sum));
        return amounts;
    }
}
