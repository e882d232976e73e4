package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** What {@code poll_oneoff} answers and how long it waits. The guest's clock stands still at {@link #NOW}. */
@Timeout(60)
class ClockPollTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final long MILLION = 1_000_000;
    private static final int CLOCK = 0;
    private static final int DESCRIPTOR = 1;
    private static final int ABSOLUTE = 1;

    private static final TestSandbox SANDBOX = new TestSandbox(
            Tiering.INTERPRETED, SandboxConfig.ofThisMachine(), new ExtismKernel(() -> NOW, new SecureRandom()));

    /** Polls the subscriptions at 1024; gives errno, the number of events and the event at 256 as its output. */
    private static final String AROUND = """
            (module
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
              (memory 1)
              (func $put (param $at i64) (param $number i64) (call $store (local.get $at) (local.get $number)))
              (func (export "run") (local $block i64)
                %s
                (local.set $block (call $alloc (i64.const 32)))
                (call $put (local.get $block) (i64.extend_i32_u
                  (call $poll (i32.const 1024) (i32.const 256) (i32.const %d) (i32.const 8))))
                (call $put (i64.add (local.get $block) (i64.const 8)) (i64.extend_i32_u (i32.load (i32.const 8))))
                (call $put (i64.add (local.get $block) (i64.const 16)) (i64.load (i32.const 256)))
                (call $put (i64.add (local.get $block) (i64.const 24)) (i64.extend_i32_u (i32.load (i32.const 264))))
                (call $output (local.get $block) (i64.const 32))))
            """;

    private static final HostFunction ASK = UserFunctions.of("ask", (call, input) -> new byte[0]);

    /** What a poll answered: its errno, how many events, and the first one's user data, errno and tag. */
    private record Answer(long errno, long events, long userData, int eventErrno, int tag) {}

    private static TestCall polling(int count, String... subscriptions) {
        return TestCall.of(AROUND.formatted(String.join("\n", subscriptions), count))
                .functions(ASK);
    }

    /** Writes a subscription: what it is for, which clock, how many nanoseconds, and whether that is a time of day. */
    private static String subscription(int index, int tag, int clock, long nanos, int flags) {
        int at = 1024 + 48 * index;
        return """
                (i64.store (i32.const %d) (i64.const %d))
                (i32.store8 (i32.const %d) (i32.const %d))
                (i32.store (i32.const %d) (i32.const %d))
                (i64.store (i32.const %d) (i64.const %d))
                (i32.store16 (i32.const %d) (i32.const %d))
                """.formatted(at, 100 + index, at + 8, tag, at + 16, clock, at + 24, nanos, at + 40, flags);
    }

    private static String sleep(int index, long millis) {
        return subscription(index, CLOCK, 1, millis * MILLION, 0);
    }

    private static Answer answer(CallResult result) {
        ByteBuffer numbers =
                ByteBuffer.wrap(((CallResult.Returned) result).output()).order(ByteOrder.LITTLE_ENDIAN);
        int event = (int) numbers.getLong(24);
        return new Answer(
                numbers.getLong(0), numbers.getLong(8), numbers.getLong(16), event & 0xFFFF, event >>> 16 & 0xFF);
    }

    @Test
    void sleeping_is_waiting_and_the_first_of_the_times_ends_it() {
        CallResult result = SANDBOX.call(polling(3, sleep(0, 900), sleep(1, 30), sleep(2, 60)));

        assertThat(answer(result)).isEqualTo(new Answer(Errno.SUCCESS, 1, 101, Errno.SUCCESS, CLOCK));
        assertThat(result.usage().waitTime()).isBetween(Duration.ofMillis(30), Duration.ofMillis(899));
    }

    @Test
    void a_time_of_day_is_waited_for_and_one_that_has_passed_is_not() {
        long now = NOW.toEpochMilli() * MILLION;

        CallResult ahead = SANDBOX.call(polling(1, subscription(0, CLOCK, 0, now + 30 * MILLION, ABSOLUTE)));
        CallResult passed = SANDBOX.call(polling(1, subscription(0, CLOCK, 0, now - 30 * MILLION, ABSOLUTE)));

        assertThat(answer(ahead)).isEqualTo(new Answer(Errno.SUCCESS, 1, 100, Errno.SUCCESS, CLOCK));
        assertThat(ahead.usage().waitTime()).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(answer(passed)).isEqualTo(new Answer(Errno.SUCCESS, 1, 100, Errno.SUCCESS, CLOCK));
        assertThat(passed.usage().waitTime()).isZero();
    }

    @Test
    void a_descriptor_is_answered_at_once_as_not_supported() {
        CallResult result = SANDBOX.call(polling(2, sleep(0, 900), subscription(1, DESCRIPTOR, 0, 0, 0)));

        assertThat(answer(result)).isEqualTo(new Answer(Errno.SUCCESS, 1, 101, Errno.NOTSUP, DESCRIPTOR));
        assertThat(result.usage().waitTime()).isZero();
    }

    @Test
    void a_clock_that_is_not_offered_is_answered_at_once_as_invalid() {
        CallResult result = SANDBOX.call(polling(1, subscription(0, CLOCK, 2, 900 * MILLION, 0)));

        assertThat(answer(result)).isEqualTo(new Answer(Errno.SUCCESS, 1, 100, Errno.INVAL, CLOCK));
    }

    @ParameterizedTest
    @CsvSource({"0, 28", "1, 0", "64, 0", "65, 28", "-1, 28"})
    void one_to_64_subscriptions_can_be_waited_for(int count, int errno) {
        assertThat(answer(SANDBOX.call(polling(count))).errno()).isEqualTo(errno);
    }

    @Test
    void sleeping_longer_than_a_call_may_run_stops_the_guest_at_once() {
        CallResult within =
                SANDBOX.call(polling(1, sleep(0, 50)).limits(limits -> limits.withRunTime(Duration.ofMillis(500))));
        CallResult beyond = SANDBOX.call(polling(1, sleep(0, 3_600_000)));

        assertThat(within).isInstanceOf(CallResult.Returned.class);
        assertThat(((CallResult.Trapped) beyond).trap()).isEqualTo(new Trap.RunTimeExceeded(Duration.ofSeconds(2)));
        assertThat(beyond.usage().waitTime()).isZero();
    }

    @Test
    void sleeps_add_up() {
        String once =
                sleep(0, 200) + "(drop (call $poll (i32.const 1024) (i32.const 256) (i32.const 1) (i32.const 8)))";

        CallResult result = SANDBOX.call(polling(1, once).limits(limits -> limits.withRunTime(Duration.ofMillis(399))));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.RunTimeExceeded(Duration.ofMillis(399)));
        assertThat(result.usage().waitTime()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void sleeping_past_the_wait_time_stops_the_guest_at_once() {
        CallResult result =
                SANDBOX.call(polling(1, sleep(0, 1_000)).limits(limits -> limits.withWaitTime(Duration.ofMillis(500))));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.WaitTimeExceeded(Duration.ofMillis(500)));
        assertThat(result.usage().waitTime()).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void a_sleeping_guest_can_be_cancelled() throws InterruptedException {
        Cancellation stop = new Cancellation();
        CountDownLatch awake = new CountDownLatch(1);
        HostFunction ask = UserFunctions.of("ask", (call, input) -> {
            awake.countDown();
            return input;
        });
        TestCall call = polling(1, "(drop (call $ask (i64.const 0)))", sleep(0, 30_000))
                .functions(ask)
                .cancellation(stop)
                .limits(limits -> limits.withRunTime(Duration.ofMinutes(1)).withWaitTime(Duration.ofMinutes(1)));

        CompletableFuture<CallResult> sleeping = SANDBOX.start(call);
        awake.await();
        stop.cancel("disabled");

        assertThat(((CallResult.Trapped) sleeping.join()).trap()).isEqualTo(new Trap.Cancelled("disabled"));
        assertThat(sleeping.join().usage().waitTime()).isLessThan(Duration.ofSeconds(20));
    }
}
