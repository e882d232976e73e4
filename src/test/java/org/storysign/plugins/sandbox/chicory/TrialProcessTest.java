package org.storysign.plugins.sandbox.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.PreflightedModule;
import org.storysign.plugins.wasm.WasmBinary;

class TrialProcessTest {

    private static PreflightedModule module(String wat) {
        return Preflight.check(new WasmBinary(Wat.assemble(wat)), SecurityLevel.STANDARD.code());
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(TrialMain.class.getName()))
                .toList();
    }

    @Test
    void good_modules_survive_one_after_the_other_in_the_same_process_which_ends_with_the_service() {
        TrialProcess trial = new TrialProcess();
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
        try (TrialProcess trial = new TrialProcess()) {
            assertThatCode(() -> trial.require(module("(module (func unreachable))"), SecurityLevel.STRICT))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_module_that_takes_too_long_is_rejected_and_the_next_one_is_tried_in_another_process() {
        PreflightedModule module = module("(module (func (export \"run\")))");
        try (TrialProcess impatient = new TrialProcess(Duration.ofNanos(1))) {
            ProblemException first = catchThrowableOfType(
                    ProblemException.class, () -> impatient.require(module, SecurityLevel.STANDARD));
            ProblemException second = catchThrowableOfType(
                    ProblemException.class, () -> impatient.require(module, SecurityLevel.STANDARD));

            assertThat(List.of(first, second)).allSatisfy(refused -> {
                assertThat(refused.code()).isEqualTo(ProblemCode.MODULE_REJECTED);
                assertThat(String.valueOf(refused.facts().get(FactKey.FINDINGS)))
                        .contains("too-heavy");
            });
        }
    }
}
