package org.storysign.plugins.sandbox.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.kit.ModuleBuilder;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.WasmBytes;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.PreflightedModule;
import org.storysign.plugins.wasm.WasmBinary;

class TrialProcessTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final MemorySize ROOM = MemorySize.ofMiB(64);
    private static final PreflightedModule SMALL = module("(module (func (export \"run\")))");

    private static PreflightedModule module(String wat) {
        return module(Wat.assemble(wat));
    }

    private static PreflightedModule module(byte[] bytes) {
        return Preflight.check(new WasmBinary(bytes), SecurityLevel.STANDARD.code());
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(TrialMain.class.getName()))
                .toList();
    }

    private static TrialProcess trial(Duration processorTime, Duration patience, MemorySize heap) {
        return new TrialProcess(LimitSwitch.plugged(new TrialLimits(processorTime, patience, heap)));
    }

    private static ProblemException refusal(TrialProcess trial, PreflightedModule module) {
        return catchThrowableOfType(ProblemException.class, () -> trial.require(module, SecurityLevel.STANDARD));
    }

    private static void assertTooHeavy(ProblemException refused, String why) {
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ProblemCode.MODULE_REJECTED);
        assertThat(refused.facts())
                .extractingByKey(FactKey.FINDINGS)
                .asString()
                .contains("too-heavy")
                .contains(why);
    }

    private static void assertUntried(ProblemException refused) {
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(refused.facts()).containsKey(FactKey.RETRY_AFTER);
    }

    @Test
    void good_modules_survive_one_after_the_other_in_the_same_process_which_ends_with_the_service() {
        TrialProcess trial = new TrialProcess(TrialLimits.USUAL);
        IntStream.range(0, 5)
                .forEach(number -> trial.require(
                        module("(module (func (export \"run\") (result i32) (i32.const " + number + ")))"),
                        SecurityLevel.STANDARD));
        List<ProcessHandle> children = children();

        trial.close();

        assertThat(children).hasSize(1);
        assertThat(children)
                .allSatisfy(child -> assertThat(child.onExit().join().isAlive()).isFalse());
    }

    @Test
    void a_verdict_of_the_engine_is_left_to_the_service() {
        try (TrialProcess trial = new TrialProcess(TrialLimits.USUAL)) {
            assertThatCode(() -> trial.require(module("(module (func unreachable))"), SecurityLevel.STRICT))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_module_that_uses_more_processor_time_than_it_may_is_rejected_each_time() {
        try (TrialProcess trial = trial(Duration.ofNanos(1), LONG, ROOM)) {
            ProblemException first = refusal(trial, SMALL);
            ProblemException second = refusal(trial, SMALL);

            assertTooHeavy(first, "processor time");
            assertTooHeavy(second, "processor time");
        }
    }

    @Test
    void a_module_that_needs_more_heap_than_it_may_is_rejected_and_the_next_one_is_tried() {
        ModuleBuilder many = new ModuleBuilder().type(List.of(), List.of());
        IntStream.range(0, 20_000).forEach(index -> many.function(0, WasmBytes.of(0x0B)));
        try (TrialProcess trial = trial(LONG.minusSeconds(1), LONG, MemorySize.ofMiB(8))) {
            ProblemException refused = refusal(trial, module(many.toBytes()));

            assertTooHeavy(refused, "of memory");
            assertThat(refusal(trial, SMALL)).isNull();
        }
    }

    @Test
    void a_module_for_which_the_machine_has_no_time_is_not_judged() {
        try (TrialProcess trial = trial(Duration.ofNanos(1), Duration.ofNanos(2), ROOM)) {
            assertUntried(refusal(trial, SMALL));
        }
    }

    @Test
    void a_module_whose_process_stands_still_is_not_judged() {
        try (TrialProcess trial = trial(Duration.ofSeconds(4), Duration.ofSeconds(8), ROOM)) {
            assertThat(refusal(trial, SMALL)).isNull();
            ProcessHandle child = children().getFirst();
            signal(child, "STOP");

            ProblemException refused = refusal(trial, SMALL);

            assertUntried(refused);
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void a_module_whose_process_somebody_else_ended_is_not_judged_and_is_tried_when_it_comes_again() {
        try (TrialProcess trial = trial(Duration.ofSeconds(60), LONG, ROOM)) {
            assertThat(refusal(trial, SMALL)).isNull();
            ProcessHandle child = children().getFirst();
            signal(child, "STOP");

            CompletableFuture<ProblemException> refused = new CompletableFuture<>();
            Thread uploading = Thread.ofPlatform().start(() -> refused.complete(refusal(trial, SMALL)));
            Pauses.await(
                    "the trial",
                    LONG,
                    () -> Arrays.stream(uploading.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("survives")));

            child.destroyForcibly();

            assertUntried(refused.join());
            assertThat(refusal(trial, SMALL)).isNull();
        }
    }

    private static void signal(ProcessHandle process, String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
