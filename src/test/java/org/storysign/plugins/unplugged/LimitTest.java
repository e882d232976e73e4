package org.storysign.plugins.unplugged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.HttpLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Every limit lets a guest reach it and stops it one step behind it. */
class LimitTest {

    private static final String ENGINES = "INTERPRETED|COMPILED";

    /** Calls the platform as often as its input has bytes. */
    private static final String ASKS = """
            (module
              (import "extism:host/env" "input_length" (func $length (result i64)))
              (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
              (func (export "run") (local $left i64)
                (local.set $left (call $length))
                (block $done (loop $more
                  (br_if $done (i64.eqz (local.get $left)))
                  (drop (call $ask (i64.const 0)))
                  (local.set $left (i64.sub (local.get $left) (i64.const 1)))
                  (br $more)))))
            """;

    /** Gives its input as its output, and logs it. */
    private static final String ECHOES = """
            (module
              (import "extism:host/env" "input_length" (func $length (result i64)))
              (import "extism:host/env" "input_offset" (func $input (result i64)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (import "extism:host/env" "log_info" (func $log (param i64)))
              (func (export "run") (call $output (call $input) (call $length)))
              (func (export "log") (call $log (call $input))))
            """;

    /** Sends its input to a server, as often as {@code %d} says. */
    private static final String SENDS = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
              (import "extism:host/env" "input_length" (func $length (result i64)))
              (import "extism:host/env" "http_request" (func $request (param i64 i64) (result i64)))
              (memory 1)
              (data (i32.const 0) "{\\22url\\22:\\22https://a.example/\\22}")
              (func $head (result i64) (local $block i64) (local $at i32)
                (local.set $block (call $alloc (i64.const 28)))
                (loop $more
                  (call $store
                    (i64.add (local.get $block) (i64.extend_i32_u (local.get $at))) (i32.load8_u (local.get $at)))
                  (local.set $at (i32.add (local.get $at) (i32.const 1)))
                  (br_if $more (i32.lt_u (local.get $at) (i32.const 28))))
                (local.get $block))
              (func (export "run") (local $left i32)
                (local.set $left (i32.const %d))
                (loop $more
                  (drop (call $request (call $head) (call $alloc (call $length))))
                  (local.set $left (i32.sub (local.get $left) (i32.const 1)))
                  (br_if $more (local.get $left)))))
            """;

    private static final HostFunction NOTHING = UserFunctions.of("ask", (call, input) -> new byte[0]);
    private static final HttpAccess ACCEPTS =
            (request, body, timeLeft) -> new HttpAccess.Response(200, Map.of(), new byte[0]);

    private static void assertReturns(Tiering engine, TestCall call) {
        assertThat(TestSandbox.on(engine).call(call)).isInstanceOf(CallResult.Returned.class);
    }

    private static void assertStopped(Tiering engine, TestCall call, ProblemCode code) {
        CallResult result = TestSandbox.on(engine).call(call);

        assertThat(result).isInstanceOf(CallResult.Trapped.class);
        assertThat(((CallResult.Trapped) result).trap().code()).isEqualTo(code);
    }

    private static void assertRefused(ThrowingCallable work, ProblemCode code) {
        Throwable thrown = catchThrowableOfType(Throwable.class, work);

        Throwable refused = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        assertThat(refused)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void the_last_unit_of_fuel_can_be_used_and_no_more(Tiering engine) {
        TestCall call = TestCall.of("(module (func (export \"run\") (local i32) (loop $l"
                + " (br_if $l (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1000))))))");
        Fuel needed = TestSandbox.on(engine).call(call).usage().fuel();

        assertReturns(engine, call.limits(limits -> limits.withFuel(needed)));
        assertStopped(
                engine,
                call.limits(limits -> limits.withFuel(new Fuel(needed.units() - 1))),
                ProblemCode.FUEL_EXHAUSTED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void memory_is_given_to_its_last_page_and_no_further(Tiering engine) {
        String wat = "(module (memory 1) (func (export \"run\")"
                + " (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))))";
        TestCall call = TestCall.of(wat);

        assertReturns(engine, call.limits(limits -> limits.withMemory(MemorySize.ofKiB(128))));
        assertStopped(
                engine,
                call.limits(limits -> limits.withMemory(new MemorySize(128 * 1_024 - 1))),
                ProblemCode.MEMORY_EXHAUSTED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void a_guest_runs_as_long_as_it_may_and_no_longer(Tiering engine) {
        TestCall endless = TestCall.of("(module (func (export \"run\") (loop $l (br $l))))");
        TestCall ends = TestCall.of("(module (func (export \"run\")))");

        assertReturns(engine, ends.limits(limits -> limits.withRunTime(Duration.ofSeconds(10))));
        assertStopped(
                engine,
                endless.limits(limits -> limits.withFuel(Fuel.LARGEST).withRunTime(Duration.ofMillis(20))),
                ProblemCode.RUN_TIME_EXCEEDED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void host_calls_wait_as_long_as_they_may_and_no_longer(Tiering engine) {
        HostFunction waits = UserFunctions.of("ask", (call, input) -> {
            try {
                call.waiting(() -> new CountDownLatch(1).await(30, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return input;
        });
        TestCall call = TestCall.of(ASKS).input("1").functions(waits);

        assertReturns(engine, call.limits(limits -> limits.withWaitTime(Duration.ofSeconds(60))));
        assertStopped(
                engine,
                call.limits(limits -> limits.withWaitTime(Duration.ofMillis(10))),
                ProblemCode.WAIT_TIME_EXCEEDED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void calls_nest_as_deep_as_they_may_and_no_deeper(Tiering engine) {
        String wat = """
                (module
                  (func $down (param $left i32)
                    (if (local.get $left) (then (call $down (i32.sub (local.get $left) (i32.const 1))))))
                  (func (export "run") (call $down (i32.const 99))))
                """;
        TestCall call = TestCall.of(wat);

        assertReturns(engine, call.limits(limits -> limits.withCallDepth(100)));
        assertStopped(engine, call.limits(limits -> limits.withCallDepth(99)), ProblemCode.STACK_EXHAUSTED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ENGINES)
    void as_many_host_calls_are_made_as_may_be_and_no_more(Tiering engine) {
        TestCall call = TestCall.of(ASKS).functions(NOTHING).limits(limits -> limits.withHostCalls(3));

        assertReturns(engine, call.input("123"));
        assertStopped(engine, call.input("1234"), ProblemCode.HOST_CALLS_EXHAUSTED);
    }

    @Test
    void an_input_may_be_as_large_as_its_limit_and_no_larger() {
        TestCall call = TestCall.of(ECHOES).limits(limits -> limits.withInput(new MemorySize(3)));

        assertReturns(Tiering.INTERPRETED, call.input("123"));
        assertRefused(() -> TestSandbox.on(Tiering.INTERPRETED).call(call.input("1234")), ProblemCode.INPUT_TOO_LARGE);
    }

    @Test
    void an_output_may_be_as_large_as_its_limit_and_no_larger() {
        TestCall call = TestCall.of(ECHOES).limits(limits -> limits.withOutput(new MemorySize(3)));

        assertReturns(Tiering.INTERPRETED, call.input("123"));
        assertStopped(Tiering.INTERPRETED, call.input("1234"), ProblemCode.OUTPUT_TOO_LARGE);
    }

    @Test
    void a_log_is_kept_to_its_limit_and_no_further() {
        TestCall call = TestCall.of(ECHOES).export("log").limits(limits -> limits.withLog(new MemorySize(19)));

        assertThat(TestSandbox.on(Tiering.INTERPRETED).call(call.input("123")).log())
                .singleElement()
                .satisfies(line -> assertThat(line.text()).isEqualTo("123"));
        assertThat(TestSandbox.on(Tiering.INTERPRETED).call(call.input("1234")).log())
                .singleElement()
                .satisfies(line -> assertThat(line.text()).startsWith("the log was cut here"));
    }

    @Test
    void as_many_requests_are_sent_as_may_be_and_no_more() {
        HttpLimits two = new HttpLimits(2, MemorySize.ofKiB(1));

        assertReturns(
                Tiering.INTERPRETED,
                TestCall.of(SENDS.formatted(2)).http(ACCEPTS).limits(limits -> limits.withHttp(two)));
        assertStopped(
                Tiering.INTERPRETED,
                TestCall.of(SENDS.formatted(3)).http(ACCEPTS).limits(limits -> limits.withHttp(two)),
                ProblemCode.HTTP_DENIED);
    }

    @Test
    void a_body_that_is_sent_may_be_as_large_as_its_limit_and_no_larger() {
        TestCall call = TestCall.of(SENDS.formatted(1))
                .http(ACCEPTS)
                .limits(limits -> limits.withHttp(new HttpLimits(1, new MemorySize(3))));

        assertReturns(Tiering.INTERPRETED, call.input("123"));
        assertStopped(Tiering.INTERPRETED, call.input("1234"), ProblemCode.HTTP_DENIED);
    }

    @Test
    void a_body_that_is_received_may_be_as_large_as_its_limit_and_no_larger() {
        TestCall call =
                TestCall.of(SENDS.formatted(1)).limits(limits -> limits.withHttp(new HttpLimits(1, new MemorySize(3))));

        assertReturns(Tiering.INTERPRETED, call.http(answering(3)));
        assertStopped(Tiering.INTERPRETED, call.http(answering(4)), ProblemCode.HTTP_FAILED);
    }

    private static HttpAccess answering(int bytes) {
        return (request, body, timeLeft) -> new HttpAccess.Response(200, Map.of(), new byte[bytes]);
    }

    @Test
    void a_module_may_be_as_large_as_its_limit_and_no_larger() {
        byte[] module = Wat.assemble("(module (func (export \"run\")))");

        assertAccepted(module, new CodeLimits(new MemorySize(module.length), 1, 1));
        assertRefused(
                () -> Modules.scanned(module, new CodeLimits(new MemorySize(module.length - 1L), 1, 1)),
                ProblemCode.MODULE_TOO_LARGE);
    }

    @Test
    void a_table_may_have_as_many_entries_as_its_limit_and_no_more() {
        byte[] module = Wat.assemble("(module (table 10 funcref) (func (export \"run\")))");

        assertAccepted(module, new CodeLimits(MemorySize.ofKiB(1), 10, 1));
        assertRefused(
                () -> Modules.scanned(module, new CodeLimits(MemorySize.ofKiB(1), 9, 1)), ProblemCode.MODULE_REJECTED);
    }

    @Test
    void a_module_may_have_as_many_functions_as_its_limit_and_no_more() {
        byte[] module = Wat.assemble("(module (func (export \"run\")) (func))");

        assertAccepted(module, new CodeLimits(MemorySize.ofKiB(1), 1, 2));
        assertRefused(
                () -> Modules.scanned(module, new CodeLimits(MemorySize.ofKiB(1), 1, 1)), ProblemCode.MODULE_REJECTED);
    }

    private static void assertAccepted(byte[] module, CodeLimits limits) {
        assertThatCode(() -> Modules.scanned(module, limits)).doesNotThrowAnyException();
    }
}
