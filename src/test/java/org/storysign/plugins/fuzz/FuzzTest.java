package org.storysign.plugins.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every target with what was once found, with mutants, and, when asked, with Jazzer. */
@Tag("proof")
class FuzzTest {

    private static final long RANDOM_SEED = 20_261_122;
    private static final int FEW = 2_000;
    private static final int MANY = 30_000;

    @ParameterizedTest
    @EnumSource
    void what_a_search_once_found_breaks_no_promise(FuzzTarget target) {
        assertThat(target.kept()).isNotEmpty();
        assertThat(target.corpus()).allSatisfy(target::answer);
    }

    @ParameterizedTest
    @EnumSource
    void two_thousand_mutants_break_no_promise(FuzzTarget target) {
        assertNoneBreaksAPromise(target, FEW);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void thirty_thousand_mutants_break_no_promise(FuzzTarget target) {
        assertNoneBreaksAPromise(target, MANY);
    }

    /** For {@code -Dfuzz.seconds} a target, else 60. */
    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void jazzer_finds_nothing_that_breaks_a_promise(FuzzTarget target) throws IOException, InterruptedException {
        Duration time = Duration.ofSeconds(Long.getLong("fuzz.seconds", 60));

        JazzerRun run = JazzerRun.of(target, time);

        System.getLogger("fuzz").log(System.Logger.Level.INFO, run.line());
        assertThat(run.exit()).as("see %s", run.log()).isZero();
        assertThat(run.executions()).isPositive();
    }

    private static void assertNoneBreaksAPromise(FuzzTarget target, int mutants) {
        MutantRun run = MutantRun.of(target, mutants, RANDOM_SEED);
        System.getLogger("fuzz").log(System.Logger.Level.INFO, run.line());

        assertThat(run.findings()).isEmpty();
        assertThat(run.answers()).hasSizeGreaterThan(1);
    }
}
