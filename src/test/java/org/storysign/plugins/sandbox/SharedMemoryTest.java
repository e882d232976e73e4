package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Calls that share 100 MiB: who gets memory, who is refused, and that nobody waits for one who waits. */
class SharedMemoryTest {

    private static final String ENGINES = "INTERPRETED|COMPILED";
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private static final String NOTHING = "(module (memory 1) (func (export \"run\")))";

    /** Waits at the host, grows by the pages it is given, breaks if it got -1, and waits once more. */
    private static final String GROWS = """
            (module
              (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
              (memory 1)
              (func (export "run")
                (drop (call $ask (i64.const 0)))
                (if (i32.eq (memory.grow (i32.const %d)) (i32.const -1)) (then unreachable))
                (drop (call $ask (i64.const 0)))))""";

    private static final String HALF_GROWS = GROWS.formatted(880);
    private static final String LARGE = "(module (memory 640) (func (export \"run\")))";

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void letAllEnd() {
        end.countDown();
    }

    private static TestSandbox sharing(Tiering engine, Duration patience) {
        return new TestSandbox(engine, sharing(patience));
    }

    private static SandboxConfig sharing(Duration patience) {
        return SandboxConfig.ofThisMachine().withMemory(MemorySize.ofMiB(100)).withMemoryPatience(patience);
    }

    /** Holds 56 MiB of the 100 until the end of the test. */
    private CompletableFuture<CallResult> holder(TestSandbox sandbox) {
        CountDownLatch grown = new CountDownLatch(2);
        CompletableFuture<CallResult> holder =
                sandbox.start(TestCall.of(HALF_GROWS).plugin("holder").functions(ask(() -> {
                    grown.countDown();
                    if (grown.getCount() == 0) {
                        end.await();
                    }
                })));
        join(grown);
        return holder;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void a_call_that_grows_beyond_what_others_left_is_over_and_not_told_so(Tiering engine) {
        TestSandbox sandbox = sharing(engine, FOR_EVER);
        CompletableFuture<CallResult> holder = holder(sandbox);
        TestCall grows = TestCall.of(HALF_GROWS).functions(ask(() -> {}));

        ProblemException refused = problem(() -> sandbox.call(grows));
        end.countDown();
        CallResult first = holder.join();
        CallResult afterwards = sandbox.call(grows);

        assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(refused.facts()).containsEntry(FactKey.RETRY_AFTER, 1);
        assertThat(List.of(first, afterwards)).allMatch(CallResult.Returned.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void growing_page_by_page_counts_the_old_array_beside_the_new_one(Tiering engine) {
        String grows = """
                (module (memory 1) (func (export "run") (local i32)
                  (loop $more
                    (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
                    (local.set 0 (i32.add (local.get 0) (i32.const 1)))
                    (br_if $more (i32.lt_u (local.get 0) (i32.const %d))))))""";

        // 64 MiB beside the 32 MiB they are copied from are more than the 87.5 that one large call may come to.
        ProblemException refused =
                problem(() -> sharing(engine, Duration.ZERO).call(TestCall.of(grows.formatted(513))));

        assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(sharing(engine, Duration.ZERO).call(TestCall.of(grows.formatted(511))))
                .isInstanceOf(CallResult.Returned.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void small_calls_get_through_when_large_ones_hold_the_rest(Tiering engine) {
        TestSandbox sandbox = sharing(engine, Duration.ZERO);
        holder(sandbox);
        CountDownLatch second = new CountDownLatch(2);
        sandbox.start(TestCall.of(GROWS.formatted(490)).plugin("second").functions(ask(() -> {
            second.countDown();
            if (second.getCount() == 0) {
                end.await();
            }
        })));
        join(second);

        ProblemException large =
                problem(() -> sandbox.call(TestCall.of("(module (memory 70) (func (export \"run\")))")));
        CallResult small = sandbox.call(TestCall.of(NOTHING));

        assertThat(large.code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(small).isInstanceOf(CallResult.Returned.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void calls_that_both_hold_memory_and_want_more_do_not_wait_for_each_other(Tiering engine) {
        TestSandbox sandbox = sharing(engine, FOR_EVER);
        CyclicBarrier together = new CyclicBarrier(2);
        // 31 MiB each at first; then both want 62 MiB, and only one could have them.
        String doubles = """
                (module
                  (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
                  (memory 500)
                  (func (export "run")
                    (drop (call $ask (i64.const 0)))
                    (if (i32.eq (memory.grow (i32.const 500)) (i32.const -1)) (then unreachable))))""";

        List<CompletableFuture<CallResult>> calls = IntStream.range(0, 2)
                .mapToObj(number -> sandbox.start(
                        TestCall.of(doubles).plugin("doubles-" + number).functions(ask(together::await))))
                .toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(problem(call::join).code()).isEqualTo(ProblemCode.OVERLOADED));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void a_call_that_starts_waits_for_the_memory_of_others_as_it_holds_none(Tiering engine) {
        TestSandbox sandbox = new TestSandbox(engine, sharing(FOR_EVER));
        byte[] large = Wat.assemble(LARGE);

        List<CompletableFuture<CallResult>> calls = IntStream.range(0, 20)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> sandbox.call(TestCall.of(LARGE), large),
                        work -> Thread.ofPlatform().start(work)))
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(CallResult.Returned.class));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void a_large_call_that_finds_no_memory_is_refused_before_a_thread_is_started(Tiering engine) {
        TestSandbox sandbox = new TestSandbox(engine, sharing(FOR_EVER));
        CompletableFuture<CallResult> holder = holder(sandbox);

        CompletableFuture<CallResult> refused = sandbox.start(TestCall.of(LARGE).plugin("refused"));

        assertThat(refused).isCompletedExceptionally();
        assertThat(problem(refused::join).code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(problem(refused::join).facts()).containsKey(FactKey.RETRY_AFTER);
        assertThat(sandbox.sandbox().admitted()).isEqualTo(1);
        assertThat(sandbox.call(TestCall.of(NOTHING).plugin("small"))).isInstanceOf(CallResult.Returned.class);
        end.countDown();
        assertThat(holder.join()).isInstanceOf(CallResult.Returned.class);
        assertThat(sandbox.call(TestCall.of(LARGE).plugin("refused"))).isInstanceOf(CallResult.Returned.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void a_plugin_that_is_known_to_grow_is_refused_before_it_begins(Tiering engine) {
        TestSandbox sandbox = sharing(engine, Duration.ZERO);
        AtomicInteger begun = new AtomicInteger();
        TestCall grows = TestCall.of(HALF_GROWS).functions(ask(begun::incrementAndGet));
        sandbox.call(grows);
        holder(sandbox);
        int before = begun.get();

        ProblemException refused = problem(() -> sandbox.call(grows));

        assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(begun.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void a_call_that_could_never_start_is_refused_however_patient(Tiering engine) {
        TestSandbox sandbox = sharing(engine, FOR_EVER);
        TestCall tooLarge = TestCall.of("(module (memory 1500) (func (export \"run\")))")
                .limits(limits -> limits.withMemory(MemorySize.ofMiB(128)));

        assertThat(problem(() -> sandbox.call(tooLarge)).code()).isEqualTo(ProblemCode.OVERLOADED);
    }

    private interface Waiting {
        void run() throws Exception;
    }

    private static HostFunction ask(Waiting work) {
        return UserFunctions.of("ask", (call, input) -> {
            try {
                return call.waiting(() -> {
                    work.run();
                    return new byte[0];
                });
            } catch (RuntimeException stopped) {
                throw stopped;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProblemException problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        Throwable thrown = catchThrowable(work);
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(ProblemException.class);
        return (ProblemException) java.util.Objects.requireNonNull(thrown.getCause());
    }
}
