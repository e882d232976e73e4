package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** What one processor and bounded queues do for many guests. */
@Timeout(60)
class SandboxTest {

    private static final String NOTHING = "(module (func (export \"run\")))";
    private static final String ENDLESS = "(module (func (export \"run\") (loop $l (br $l))))";

    /** Calls the platform once. */
    private static final String ASKS = """
            (module
              (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
              (func (export "run") (drop (call $ask (i64.const 0)))))
            """;

    private static final SandboxConfig ONE_PROCESSOR =
            SandboxConfig.ofThisMachine().withProcessors(1).withMemory(MemorySize.ofMiB(4_096));

    private final TestSandbox sandbox = new TestSandbox(Tiering.INTERPRETED, ONE_PROCESSOR);

    private static TestCall endless(Cancellation stop) {
        return TestCall.of(ENDLESS)
                .cancellation(stop)
                .limits(limits -> limits.withFuel(Fuel.LARGEST).withRunTime(Duration.ofMinutes(5)));
    }

    @Test
    void a_short_call_gets_through_among_hogs_and_cancelling_them_stops_them() {
        Cancellation stop = new Cancellation();
        List<CompletableFuture<CallResult>> hogs = IntStream.range(0, 8)
                .mapToObj(number -> sandbox.start(endless(stop).plugin("hog-" + number)))
                .toList();

        CallResult result = sandbox.call(TestCall.of(NOTHING));

        assertThat(result).isInstanceOf(CallResult.Returned.class);
        assertThat(hogs).noneMatch(CompletableFuture::isDone);
        stop.cancel("plugin quarantined");
        assertThat(hogs)
                .allSatisfy(hog -> assertThat(((CallResult.Trapped) hog.join()).trap())
                        .isEqualTo(new Trap.Cancelled("plugin quarantined")));
    }

    @Test
    void a_call_cancelled_before_it_starts_does_not_run() {
        Cancellation stop = new Cancellation();
        stop.cancel("disabled");

        CallResult result = sandbox.call(TestCall.of(NOTHING).cancellation(stop));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.Cancelled("disabled"));
        assertThat(result.usage().fuel()).isEqualTo(Fuel.NONE);
    }

    @Test
    void a_guest_that_waits_lets_another_run_on_the_only_processor() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<CallResult> waiting = sandbox.start(TestCall.of(ASKS).functions(ask(() -> {
            waits.countDown();
            answer.await();
        })));
        waits.await();

        CallResult other = sandbox.call(TestCall.of(NOTHING).plugin("other"));
        boolean stillWaiting = !waiting.isDone();
        answer.countDown();

        assertThat(other).isInstanceOf(CallResult.Returned.class);
        assertThat(stillWaiting).isTrue();
        assertThat(waiting.join()).isInstanceOf(CallResult.Returned.class);
    }

    @Test
    void a_host_call_that_runs_out_of_wait_time_stops_the_guest() {
        TestCall call = TestCall.of(ASKS).functions(ask(() -> {
            throw new TimeoutException();
        }));

        Trap trap = sandbox.trap(call);

        assertThat(trap).isEqualTo(new Trap.WaitTimeExceeded(Duration.ofSeconds(10)));
    }

    @Test
    void a_host_call_that_ends_after_the_wait_time_stops_the_guest_too() {
        TestCall call = TestCall.of(ASKS)
                .limits(limits -> limits.withWaitTime(Duration.ofMillis(5)))
                .functions(ask(() -> new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)));

        CallResult result = sandbox.call(call);

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.WaitTimeExceeded(Duration.ofMillis(5)));
        assertThat(result.usage().waitTime()).isGreaterThan(Duration.ofMillis(19));
    }

    @Test
    void what_breaks_because_the_wait_time_is_over_is_named_by_that() {
        TestCall call = TestCall.of(ASKS)
                .limits(limits -> limits.withWaitTime(Duration.ofMillis(5)))
                .functions(ask(() -> {
                    new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
                    throw new TrapException(new Trap.HttpFailed("the connection was closed"));
                }));

        assertThat(sandbox.trap(call)).isEqualTo(new Trap.WaitTimeExceeded(Duration.ofMillis(5)));
    }

    @Test
    void time_that_a_host_call_waits_is_not_run_time() {
        TestCall call = TestCall.of(ASKS)
                .limits(limits -> limits.withRunTime(Duration.ofMillis(500)))
                .functions(ask(() -> new CountDownLatch(1).await(600, TimeUnit.MILLISECONDS)));

        CallResult result = sandbox.call(call);

        assertThat(result).isInstanceOf(CallResult.Returned.class);
        assertThat(result.usage().waitTime()).isGreaterThan(Duration.ofMillis(599));
        assertThat(result.usage().runTime()).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void a_call_cancelled_while_it_waits_stops_when_the_wait_ends() {
        Cancellation stop = new Cancellation();
        TestCall call = TestCall.of(ASKS).cancellation(stop).functions(ask(() -> stop.cancel("blocked")));

        assertThat(sandbox.trap(call)).isEqualTo(new Trap.Cancelled("blocked"));
    }

    @Test
    void a_fault_of_a_host_function_is_not_blamed_on_the_guest() {
        HostFunction broken = UserFunctions.of("ask", (call, input) -> {
            throw new IllegalStateException("a fault of ours");
        });

        Trap trap = sandbox.trap(TestCall.of(ASKS).functions(broken));

        assertThat(trap).isEqualTo(new Trap.EngineFault());
        assertThat(trap.message()).doesNotContain("a fault of ours");
    }

    @Test
    void one_host_call_more_than_the_limit_stops_the_guest() {
        String twice =
                ASKS.replace("(func (export \"run\")", "(func (export \"run\") (drop (call $ask (i64.const 0)))");
        HostFunction ask = ask(() -> {});

        CallResult within = sandbox.call(TestCall.of(twice).functions(ask).limits(limits -> limits.withHostCalls(2)));
        CallResult beyond = sandbox.call(TestCall.of(twice).functions(ask).limits(limits -> limits.withHostCalls(1)));

        assertThat(within.usage().hostCalls()).isEqualTo(2);
        assertThat(((CallResult.Trapped) beyond).trap()).isEqualTo(new Trap.HostCallsExhausted(1));
    }

    @Test
    void an_input_of_one_byte_too_many_is_refused() {
        TestCall call = TestCall.of(NOTHING).limits(limits -> limits.withInput(new MemorySize(3)));

        assertThat(sandbox.call(call.input("abc"))).isInstanceOf(CallResult.Returned.class);
        assertProblem(() -> sandbox.call(call.input("abcd")), ProblemCode.INPUT_TOO_LARGE);
    }

    @Test
    void a_missing_or_mistyped_export_is_refused_by_name() {
        String mistyped = "(module (func (export \"run\") (param i32)))";

        assertProblem(() -> sandbox.call(TestCall.of(NOTHING).export("walk")), ProblemCode.EXPORT_MISSING);
        assertProblem(() -> sandbox.call(TestCall.of(mistyped)), ProblemCode.EXPORT_MISTYPED);
    }

    @Test
    void a_trial_makes_the_instance_and_calls_nothing() {
        String starts = "(module (func $start nop) (start $start) (func (export \"run\") unreachable))";
        String cannotStart = "(module (func $start unreachable) (start $start) (func (export \"run\")))";

        assertThat(trial(TestCall.of(starts).export(""))).isInstanceOf(CallResult.Returned.class);
        assertThat(((CallResult.Trapped) trial(TestCall.of(cannotStart).export(""))).trap())
                .isInstanceOf(Trap.Unreachable.class);
    }

    private CallResult trial(TestCall call) {
        CallRequest request = call.request(sandbox.module(call.wat()));
        return sandbox.sandbox()
                .submit(
                        TenantId.DEFAULT,
                        call.context().plugin(),
                        () -> sandbox.sandbox().trial(request))
                .join();
    }

    @Test
    void more_calls_of_a_plugin_than_allowed_are_refused_until_one_ends() {
        TestSandbox small = new TestSandbox(Tiering.INTERPRETED, ONE_PROCESSOR.withCallsPerPlugin(2));
        Cancellation stop = new Cancellation();
        List<CompletableFuture<CallResult>> running = List.of(small.start(endless(stop)), small.start(endless(stop)));

        ProblemException refused = problem(() -> small.call(TestCall.of(NOTHING)));
        CallResult other = small.call(TestCall.of(NOTHING).plugin("other"));
        stop.cancel("enough");
        running.forEach(CompletableFuture::join);
        CallResult afterwards = small.call(TestCall.of(NOTHING));

        assertThat(refused.code()).isEqualTo(ProblemCode.PLUGIN_OVERLOADED);
        assertThat(refused.facts()).containsEntry(FactKey.RETRY_AFTER, 1);
        assertThat(List.of(other, afterwards)).allMatch(CallResult.Returned.class::isInstance);
    }

    @Test
    void more_calls_of_all_plugins_than_allowed_are_refused_until_one_ends() {
        TestSandbox small = new TestSandbox(Tiering.INTERPRETED, ONE_PROCESSOR.withCalls(2));
        Cancellation stop = new Cancellation();
        List<CompletableFuture<CallResult>> running = List.of(
                small.start(endless(stop).plugin("one")),
                small.start(endless(stop).plugin("two")));

        ProblemException refused = problem(() -> small.call(TestCall.of(NOTHING)));
        stop.cancel("enough");
        running.forEach(CompletableFuture::join);

        assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(small.call(TestCall.of(NOTHING))).isInstanceOf(CallResult.Returned.class);
    }

    @Test
    void calls_are_made_on_guest_threads_and_not_inside_each_other() {
        CallRequest request = TestCall.of(NOTHING).request(sandbox.module(NOTHING));

        assertThatThrownBy(() -> sandbox.sandbox().call(request)).isInstanceOf(IllegalStateException.class);

        CompletableFuture<Throwable> inside = new CompletableFuture<>();
        HostFunction nests = UserFunctions.of("ask", (call, input) -> {
            inside.complete(org.assertj.core.api.Assertions.catchThrowable(
                    () -> sandbox.sandbox().call(request)));
            return new byte[0];
        });
        sandbox.call(TestCall.of(ASKS).functions(nests));
        assertThat(inside.join()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_host_function_can_have_another_guest_called_while_it_waits() {
        HostFunction nests = UserFunctions.of("ask", (call, input) -> {
            try {
                return call.waiting(() -> sandbox.output(TestCall.of(NOTHING).plugin("inner")));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        CallResult result = sandbox.call(TestCall.of(ASKS).functions(nests));

        assertThat(result).isInstanceOf(CallResult.Returned.class);
    }

    @Test
    void an_interrupt_that_somebody_left_behind_stops_no_guest() {
        CallRequest request = TestCall.of(NOTHING).request(sandbox.module(NOTHING));

        CallResult result = sandbox.sandbox()
                .submit(TenantId.DEFAULT, new PluginId("test-plugin"), () -> {
                    Thread.currentThread().interrupt();
                    return sandbox.sandbox().call(request);
                })
                .join();

        assertThat(result).isInstanceOf(CallResult.Returned.class);
    }

    @Test
    void a_module_whose_import_is_not_offered_is_not_run() {
        assertThatThrownBy(() -> sandbox.call(TestCall.of(ASKS)))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extism:host/user.ask");
    }

    /** Work that a host function waits for. */
    private interface Waiting {
        void run() throws Exception;
    }

    private static HostFunction ask(Waiting work) {
        return UserFunctions.of("ask", (call, input) -> {
            try {
                call.waiting(() -> {
                    work.run();
                    return true;
                });
                return new byte[0];
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

    private static void assertProblem(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, ProblemCode code) {
        assertThat(problem(work).code()).isEqualTo(code);
    }

    private static ProblemException problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(work);
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(ProblemException.class);
        return (ProblemException) java.util.Objects.requireNonNull(thrown.getCause());
    }
}
