package org.storysign.plugins.hook.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.hook.HandlerExecution;
import org.storysign.plugins.hook.HandlerExecution.Problem;
import org.storysign.plugins.hook.HookCall;
import org.storysign.plugins.hook.HookOutcome;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.NewEvent;
import org.storysign.plugins.platform.OrderingKey;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.Usage;

/** What a worker makes of what handlers do; time passes when a test says so. */
class EventWorkerTest {

    private static final EventLimits LIMITS = new EventLimits(100, 100, 8, MemorySize.ofKiB(256));
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final PluginId GUARDIAN = new PluginId("guardian");
    private static final Problem ABORTED = new Problem(ProblemCode.UNREACHABLE, "it aborted");

    private final TestClock clock = new TestClock();
    private final InMemoryEventQueue queue = new InMemoryEventQueue(clock);
    private final List<HookCall> calls = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<String> verdicts = new ArrayList<>();

    @Test
    void an_event_is_handled_as_the_hooks_call_it_carries_and_is_done() {
        EventId id =
                put(TenantId.DEFAULT, "{\"type\":\"after\",\"target\":\"t\",\"args\":[1.50],\"user_id\":\"liar\"}");

        turn(worker(this::completes));

        HookCall call = calls.getFirst();
        assertThat(call.hook()).isEqualTo(new HookName("saved"));
        assertThat(call.target()).contains("t");
        assertThat(call.payload().args()).hasToString("[1.50]");
        assertThat(call.origin().user()).contains(new UserId("anna"));
        assertThat(call.event()).contains(new HookCall.Event(id, 2));
        assertThat(queue.state(id)).isEqualTo(EventState.DONE);
        assertThat(verdicts).containsExactly("done");
    }

    @Test
    void a_handler_that_must_not_fail_and_did_is_tried_again_after_growing_pauses_and_then_is_a_dead_letter() {
        EventId id = put(TenantId.DEFAULT, "{\"type\":\"after\"}");
        EventWorker worker = worker(call -> answer(new HookOutcome.Refused(GUARDIAN, ABORTED, List.of())));
        List<Long> longest = List.of(1L, 2L, 4L);

        for (long seconds : longest) {
            turn(worker);
            assertThat(queue.state(id)).isEqualTo(EventState.QUEUED);
            assertThat(Duration.between(clock.instant(), queue.takeableAt(id)))
                    .isBetween(Duration.ofMillis(seconds * 500), Duration.ofSeconds(seconds));
            assertThat(worker.turn()).isZero();
            clock.advance(Duration.ofSeconds(seconds));
        }
        turn(worker);

        assertThat(queue.state(id)).isEqualTo(EventState.DEAD);
        assertThat(queue.problem(id)).contains(ABORTED);
        assertThat(calls).hasSize(4).extracting(HookCall::event).containsOnly(Optional.of(new HookCall.Event(id, 2)));
        assertThat(verdicts).containsExactly("retry", "retry", "retry", "dead");
    }

    @Test
    void a_handler_that_failed_open_is_passed_over() {
        EventId id = put(TenantId.DEFAULT, "{\"type\":\"after\"}");

        turn(worker(call -> answer(completed(call, ABORTED))));

        assertThat(queue.state(id)).isEqualTo(EventState.DONE);
    }

    @Test
    void a_handler_that_was_kept_from_running_makes_the_event_come_back() {
        for (ProblemCode code :
                List.of(ProblemCode.CALL_CANCELLED, ProblemCode.PLUGIN_OVERLOADED, ProblemCode.ENGINE_FAULT)) {
            EventId id = put(TenantId.DEFAULT, "{\"type\":\"after\"}");

            turn(worker(call -> answer(completed(call, new Problem(code, "")))));

            assertThat(queue.state(id)).as(code.code()).isEqualTo(EventState.QUEUED);
            assertThat(queue.problem(id)).map(Problem::code).contains(code);
        }
    }

    @Test
    void a_chain_whose_time_is_up_is_tried_again() {
        EventId id = put(TenantId.DEFAULT, "{\"type\":\"after\"}");

        turn(worker(call -> answer(new HookOutcome.DeadlineExceeded(List.of()))));

        assertThat(queue.state(id)).isEqualTo(EventState.QUEUED);
        assertThat(queue.problem(id)).map(Problem::code).contains(ProblemCode.HOOK_DEADLINE_EXCEEDED);
    }

    @Test
    void a_busy_process_postpones_an_event_as_often_as_it_must() {
        EventId id = put(TenantId.DEFAULT, "{\"type\":\"after\"}");
        EventWorker busy = worker(call ->
                CompletableFuture.failedFuture(new ProblemException(ProblemCode.PLUGIN_OVERLOADED, "64 calls wait")));

        for (int time = 0; time < 20; time++) {
            turn(busy);
            assertThat(queue.state(id)).isEqualTo(EventState.QUEUED);
            clock.advance(Duration.ofMinutes(1));
        }

        turn(worker(this::completes));
        assertThat(queue.state(id)).isEqualTo(EventState.DONE);
    }

    @Test
    void a_fault_of_ours_is_tried_again_and_told_without_its_words() {
        EventId id = put(TenantId.DEFAULT, "{\"type\":\"after\"}");

        turn(worker(call -> CompletableFuture.failedFuture(new IllegalStateException("secret"))));

        assertThat(queue.state(id)).isEqualTo(EventState.QUEUED);
        assertThat(queue.problem(id).orElseThrow().code()).isEqualTo(ProblemCode.INTERNAL_ERROR);
        assertThat(queue.problem(id).orElseThrow().detail()).doesNotContain("secret");
    }

    @Test
    void an_event_nobody_can_read_is_a_dead_letter_at_once() {
        for (String call :
                List.of("[]", "{\"type\":\"sometimes\"}", "{\"type\":\"after\",\"type\":\"after\"}", "no json")) {
            EventId id = put(TenantId.DEFAULT, call);

            turn(worker(this::completes));

            assertThat(queue.state(id)).as(call).isEqualTo(EventState.DEAD);
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void no_more_is_taken_than_there_is_room_for() {
        for (int number = 0; number < 5; number++) {
            put(TenantId.DEFAULT, "{\"type\":\"after\"}");
        }
        EventWorker worker = worker(2, this::completes, waiting::add);

        assertThat(worker.turn()).isEqualTo(2);
        assertThat(worker.turn()).isZero();
        assertThat(worker.busy()).isEqualTo(2);

        waiting.removeFirst().run();
        assertThat(worker.turn()).isEqualTo(1);
    }

    @Test
    void a_tenant_with_much_to_do_does_not_keep_another_waiting() {
        TenantId modest = new TenantId("modest");
        for (int number = 0; number < 20; number++) {
            put(TenantId.DEFAULT, "{\"type\":\"after\"}");
        }
        put(modest, "{\"type\":\"after\"}");
        EventWorker worker = worker(1, this::completes, Runnable::run);

        worker.turn();
        worker.turn();

        assertThat(calls).extracting(HookCall::tenant).contains(modest);
    }

    @Test
    void an_event_whose_lease_may_end_while_it_is_handled_is_left_alone() {
        EventId id = put(TenantId.DEFAULT, "{\"type\":\"after\"}");
        EventWorker slow = worker(2, this::completes, waiting::add);
        slow.turn();

        clock.advance(LEASE.minus(HookCall.LONGEST).plusMillis(1));
        waiting.removeFirst().run();

        assertThat(calls).isEmpty();
        assertThat(slow.busy()).isZero();
        clock.advance(HookCall.LONGEST);
        turn(worker(this::completes));
        assertThat(queue.state(id)).isEqualTo(EventState.DONE);
    }

    @Test
    void of_two_workers_one_takes_over_what_the_other_died_of_and_the_late_word_of_the_dead_does_not_count() {
        EventId id = put(TenantId.DEFAULT, "{\"type\":\"after\"}");
        CompletableFuture<HookOutcome> never = new CompletableFuture<>();
        Deque<Runnable> dead = new ArrayDeque<>();
        worker(2, call -> never, dead::add).turn();
        assertThat(worker(this::completes).turn()).isZero();

        clock.advance(LEASE);
        turn(worker(call -> answer(new HookOutcome.Refused(GUARDIAN, ABORTED, List.of()))));

        assertThat(queue.state(id)).isEqualTo(EventState.QUEUED);
        assertThat(verdicts).containsExactly("retry");
    }

    @Test
    void events_of_one_key_are_handled_in_order_and_a_failing_one_holds_up_only_its_key() {
        List<String> handled = new ArrayList<>();
        for (String call : List.of("a1", "a2", "b1", "b2")) {
            put(
                    TenantId.DEFAULT,
                    "{\"type\":\"after\",\"target\":\"" + call + "\"}",
                    Optional.of(call.substring(0, 1)));
        }
        EventWorker worker = worker(call -> {
            handled.add(call.target().orElseThrow());
            return call.target().orElseThrow().equals("a1")
                    ? answer(new HookOutcome.Refused(GUARDIAN, ABORTED, List.of()))
                    : completes(call);
        });

        for (int second = 0; second < 30; second++) {
            worker.turn();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(handled.subList(0, 3)).containsExactly("a1", "b1", "b2");
        assertThat(handled.subList(3, handled.size())).containsExactly("a1", "a1", "a1", "a2");
    }

    @Test
    void the_lease_must_be_longer_than_a_hook_may_take() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> new QueueSettings(1, Duration.ofSeconds(1), HookCall.LONGEST, 4, BACKOFF)))
                .hasMessage("the queue's lease is 5000 ms, expected more than the longest deadline of a hook, 5000 ms");
    }

    private CompletableFuture<HookOutcome> completes(HookCall call) {
        return CompletableFuture.completedFuture(
                new HookOutcome.Completed(call.payload(), Optional.empty(), List.of(), List.of()));
    }

    private static HookOutcome completed(HookCall call, Problem problem) {
        HandlerExecution execution = new HandlerExecution(
                GUARDIAN,
                new Version("1.0.0"),
                "handle",
                InvocationId.random(),
                HandlerExecution.Status.FAILED,
                Usage.NONE,
                JsonNodeFactory.instance.arrayNode(),
                Plugin.Mode.ACTIVE,
                Optional.of(problem));
        return new HookOutcome.Completed(call.payload(), Optional.empty(), List.of(), List.of(execution));
    }

    private static CompletableFuture<HookOutcome> answer(HookOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private static void turn(EventWorker worker) {
        assertThat(worker.turn()).isEqualTo(1);
    }

    private EventWorker worker(Function<HookCall, CompletableFuture<HookOutcome>> dispatch) {
        return worker(4, dispatch, Runnable::run);
    }

    private EventWorker worker(
            int parallel, Function<HookCall, CompletableFuture<HookOutcome>> dispatch, Executor executor) {
        QueueSettings settings = new QueueSettings(parallel, Duration.ofSeconds(1), LEASE, 4, BACKOFF);
        EventWatcher watcher = new EventWatcher() {
            @Override
            public void ran(HookOutcome outcome) {}

            @Override
            public void settled(Verdict verdict) {
                verdicts.add(verdict.publicName());
            }
        };
        return new EventWorker(
                "tests",
                queue,
                settings,
                new EventHandling(call -> record(call, dispatch), settings, watcher, new Random(1)),
                new EventWorker.Surroundings(clock, executor, tenant -> 0, watcher, () -> {}));
    }

    private CompletableFuture<HookOutcome> record(
            HookCall call, Function<HookCall, CompletableFuture<HookOutcome>> dispatch) {
        calls.add(call);
        return dispatch.apply(call);
    }

    private EventId put(TenantId tenant, String call) {
        return put(tenant, call, Optional.empty());
    }

    private EventId put(TenantId tenant, String call, Optional<String> key) {
        NewEvent event = new NewEvent(
                EventId.random(),
                new NewEvent.Sender(tenant, Optional.empty()),
                new HookName("saved"),
                Optional.of(new UserId("anna")),
                key.map(OrderingKey::new),
                2,
                call);
        queue.put(event, LIMITS, Duration.ZERO);
        return event.id();
    }
}
