package org.storysign.plugins.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.WasmBinary;

/** Workers as they are: real processes. Starting one costs a second of CPU, so a module serves several tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerTest {

    /** Says, logs, keeps and asks, and can end in some ways. */
    private static final String TALKATIVE = """
            (module
              (import "extism:host/env" "input_length" (func $length (result i64)))
              (import "extism:host/env" "input_offset" (func $input (result i64)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (import "extism:host/env" "log_info" (func $log (param i64)))
              (import "extism:host/env" "length" (func $of (param i64) (result i64)))
              (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
              (memory 1)
              (func (export "echo") (call $log (call $input)) (call $output (call $input) (call $length)))
              (func (export "ask") (local $answer i64)
                (local.set $answer (call $ask (call $input)))
                (call $output (local.get $answer) (call $of (local.get $answer))))
              (func (export "count") (local $i i32)
                (loop $more
                  (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100000)))))
              (func (export "mark") (result i32)
                (i32.load8_u (i32.const 0)) (i32.store8 (i32.const 0) (i32.const 1)))
              (func (export "endless") (loop $l (br $l)))
              (func $deep (export "deep") (call $deep))
              (func (export "trap") (unreachable)))
            """;

    private static final Duration SOON = Duration.ofSeconds(30);

    private final WorkerArena arena = new WorkerArena(LimitSwitch.plugged(WorkerTerms.ofThisMachine()));
    private final AtomicReference<CallContext> asked = new AtomicReference<>();
    private final CompiledModule talkative = arena.module(call("echo"));

    private TestCall call(String export) {
        return TestCall.of(TALKATIVE)
                .export(export)
                .limits(limits -> SecurityLevel.ISOLATED.limits())
                .functions(UserFunctions.of("ask", (call, input) -> {
                    asked.set(call.context());
                    return ("you said " + new String(input, UTF_8)).getBytes(UTF_8);
                }));
    }

    private Trap trap(TestCall call) {
        assertThat(arena.call(talkative, call)).isInstanceOf(CallResult.Trapped.class);
        return ((CallResult.Trapped) arena.call(talkative, call)).trap();
    }

    private WorkerOwner owner(TestCall call) {
        return new WorkerOwner(
                call.context().tenant(), call.context().plugin(), new WasmBinary(Wat.assemble(call.wat())).digest());
    }

    /** The worker that waits for calls of the talkative module. */
    private WorkerProcess idle() {
        Instant end = Instant.now().plus(SOON);
        WorkerProcess idle = arena.workers().roster().idleOf(owner(call("echo")));
        while (idle == null && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
            idle = arena.workers().roster().idleOf(owner(call("echo")));
        }
        return Objects.requireNonNull(idle);
    }

    @AfterAll
    void no_worker_is_left() {
        arena.close();

        Instant end = Instant.now().plus(SOON);
        while (arena.workers().workers() > 0 && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(arena.workers().workers()).isZero();
    }

    @Test
    void a_call_gives_and_costs_in_a_worker_what_it_gives_and_costs_here() {
        for (String export : List.of("echo", "ask", "count", "trap", "deep", "mark")) {
            TestCall call = call(export).input("hello");

            CallResult there = arena.call(talkative, call);
            CallResult here = TestSandbox.on(Tiering.COMPILED).call(call);

            assertThat(there.usage().fuel()).isEqualTo(here.usage().fuel());
            assertThat(there.usage().peakMemory()).isEqualTo(here.usage().peakMemory());
            assertThat(there.usage().hostCalls()).isEqualTo(here.usage().hostCalls());
            assertThat(there.log()).isEqualTo(here.log());
            assertThat(said(there)).isEqualTo(said(here));
        }
    }

    private static String said(CallResult result) {
        return switch (result) {
            case CallResult.Returned returned -> new String(returned.output(), UTF_8);
            case CallResult.Trapped trapped -> trapped.message();
        };
    }

    @Test
    void a_function_of_the_platform_knows_for_whom_the_guest_runs_and_the_worker_does_not() throws IOException {
        TestCall call = call("ask").input("who am I");

        CallResult result = arena.call(talkative, call);

        assertThat(said(result)).isEqualTo("you said who am I");
        assertThat(asked.get()).isEqualTo(call.context());
        assertThat(Files.readString(Path.of("/proc/" + idle().pid() + "/environ")))
                .isEmpty();
        assertThat(Files.readString(Path.of("/proc/" + idle().pid() + "/cmdline")))
                .doesNotContain(call.context().tenant().value());
    }

    @Test
    void a_function_of_the_platform_can_stop_the_guest() {
        Trap denied = new Trap.HttpDenied("not here");
        TestCall call = call("ask").functions(UserFunctions.of("ask", (host, input) -> {
            throw new TrapException(denied);
        }));

        assertThat(trap(call)).isEqualTo(denied);
    }

    @Test
    void what_fails_in_a_function_of_the_platform_is_no_fault_of_the_worker_that_anybody_hears_of() {
        TestCall call = call("ask").functions(UserFunctions.of("ask", (host, input) -> {
            throw new IllegalArgumentException("a secret of ours");
        }));

        CallResult result = arena.call(talkative, call);

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap()).isEqualTo(new Trap.EngineFault()));
        assertThat(result.toString()).doesNotContain("secret");
    }

    @Test
    void a_guest_that_makes_one_host_call_too_many_is_stopped() {
        TestCall call = call("ask").limits(limits -> limits.withHostCalls(0));

        assertThat(trap(call)).isEqualTo(new Trap.HostCallsExhausted(0));
    }

    @Test
    void waiting_for_the_platform_is_wait_time_and_has_its_end() {
        TestCall call = call("ask")
                .limits(limits -> limits.withWaitTime(Duration.ofMillis(1)))
                .functions(UserFunctions.of("ask", (host, input) -> slow(host)));

        assertThat(trap(call)).isEqualTo(new Trap.WaitTimeExceeded(Duration.ofMillis(1)));
    }

    private static byte[] slow(HostCall host) {
        try {
            return host.waiting(() -> {
                Thread.sleep(20);
                return new byte[0];
            });
        } catch (RuntimeException stopped) {
            throw stopped;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothing_of_a_call_is_there_in_the_next() {
        for (int round = 0; round < 3; round++) {
            assertThat(arena.call(talkative, call("mark"))).isInstanceOf(CallResult.Returned.class);
        }
    }

    @Test
    void a_guest_that_loops_is_stopped_by_its_fuel_and_the_worker_lives_on() {
        WorkerProcess before = idle();

        assertThat(trap(call("endless"))).isInstanceOf(Trap.OutOfFuel.class);

        assertThat(idle()).isSameAs(before);
    }

    @Test
    void a_guest_that_loops_on_more_fuel_is_stopped_by_its_run_time() {
        TestCall call = call("endless").limits(limits -> limits.withFuel(Fuel.LARGEST));

        assertThat(trap(call)).isInstanceOf(Trap.RunTimeExceeded.class);
    }

    @Test
    void a_worker_that_does_not_answer_is_killed_at_its_limit_and_replaced() throws Exception {
        WorkerProcess before = idle();
        signal("STOP", before);
        Cancellation cancellation = LimitSwitch.stopping(new Cancellation());

        CallResult result = arena.call(talkative, call("count").cancellation(cancellation));

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap()).isInstanceOf(Trap.RunTimeExceeded.class));
        assertThat(before.isUsable()).isFalse();
        assertThat(idle()).isNotSameAs(before);
        assertThat(arena.call(talkative, call("count"))).isInstanceOf(CallResult.Returned.class);
    }

    private static void signal(String name, WorkerProcess worker) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(worker.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void a_call_that_is_cancelled_ends_although_its_worker_does_not_answer() throws Exception {
        WorkerProcess before = idle();
        signal("STOP", before);
        Cancellation cancellation = new Cancellation();
        TestCall call = call("count")
                .limits(limits -> limits.withRunTime(SOON.multipliedBy(10)))
                .cancellation(cancellation);

        CompletableFuture<CallResult> running = CompletableFuture.supplyAsync(() -> arena.call(talkative, call));
        cancellation.cancel("the plugin was disabled");

        assertThat(running.get(SOON.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap()).isEqualTo(new Trap.Cancelled("the plugin was disabled")));
    }

    @Test
    void a_worker_that_died_between_calls_is_missed_by_nobody() throws Exception {
        WorkerProcess before = idle();
        signal("KILL", before);
        while (before.isUsable()) {
            Thread.onSpinWait();
        }

        assertThat(arena.call(talkative, call("count"))).isInstanceOf(CallResult.Returned.class);
    }

    @Test
    void a_worker_never_serves_another_plugin_or_tenant() {
        CallContext own = call("echo").context();
        CallContext others =
                new CallContext(new TenantId("other"), Optional.empty(), own.plugin(), own.invocation(), 0);

        assertThatThrownBy(() -> arena.call(talkative, call("echo").context(others)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        try (CompiledModule same = arena.module(Wat.assemble(TALKATIVE), new TenantId("other"), own.plugin())) {
            assertThat(arena.call(same, call("echo").context(others))).isInstanceOf(CallResult.Returned.class);
            assertThat(arena.workers().roster().taken()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void a_worker_has_given_up_what_it_does_not_need() throws IOException {
        String status = Files.readString(Path.of("/proc/" + idle().pid() + "/status"));

        assertThat(status).containsPattern("NoNewPrivs:\\s+1").containsPattern("Seccomp:\\s+2");
    }

    @Test
    void other_levels_run_here() {
        try (CompiledModule module =
                arena.module(Wat.assemble(TALKATIVE), TenantId.DEFAULT, new PluginId("near"), SecurityLevel.STRICT)) {
            assertThat(module.elsewhere()).isEmpty();
        }
    }

    @Test
    void without_a_free_worker_a_call_is_refused_after_a_while() {
        WorkerTerms one = LimitSwitch.plugged(
                WorkerTerms.ofThisMachine().withMost(1).withMostOfOne(1).withPatience(Duration.ofMillis(10)));
        try (WorkerArena small = new WorkerArena(one)) {
            TestCall busy = call("ask")
                    .functions(UserFunctions.of("ask", (host, input) -> {
                        try (CompiledModule other =
                                small.module(Wat.assemble(TALKATIVE), TenantId.DEFAULT, new PluginId("second"))) {
                            CallContext second = new CallContext(
                                    TenantId.DEFAULT,
                                    Optional.empty(),
                                    new PluginId("second"),
                                    host.context().invocation(),
                                    0);
                            assertThatThrownBy(
                                            () -> small.call(other, call("echo").context(second)))
                                    .isInstanceOfSatisfying(
                                            ProblemException.class,
                                            refused ->
                                                    assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED));
                            return "refused".getBytes(UTF_8);
                        }
                    }))
                    .limits(limits -> limits.withWaitTime(SOON));

            try (CompiledModule module = small.module(busy)) {
                assertThat(said(small.call(module, busy))).isEqualTo("refused");
            }
            assertThat(small.workers().workers()).isZero();
        }
    }
}
