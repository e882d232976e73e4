package org.storysign.plugins.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.storysign.plugins.kit.Golden;

/** Every module of the suite, also of features that are refused here: it is accepted, or refused by a code of the catalogue. */
@EnabledIf(
        value = "org.storysign.plugins.conformance.SuitePresence#isToRun",
        disabledReason = "the WebAssembly suite is not here; deploy/conformance/fetch brings it")
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductAnswersTest {

    private static final Duration SLOWEST = Duration.ofSeconds(1);
    private static final int LEAST_BROKEN = 5_000;

    private List<ProductAnswers> answers = List.of();

    @BeforeAll
    void ask() {
        answers = BrokenModules.COLLECTIONS.stream().map(ProductAnswers::new).toList();
    }

    @Test
    void no_broken_module_is_accepted_and_none_makes_a_step_fail() {
        assertThat(answers.stream().flatMap(each -> each.wrong().stream())).isEmpty();
        assertThat(answers.stream().mapToInt(ProductAnswers::broken).sum()).isGreaterThan(LEAST_BROKEN);
    }

    @Test
    void each_answer_comes_within_a_second() {
        assertThat(answers).allSatisfy(each -> assertThat(each.slowest()).isLessThan(SLOWEST));
    }

    @Test
    void the_answers_are_what_the_golden_file_says() {
        Golden.assertUnchanged(
                "conformance-answers.txt",
                Stream.concat(
                                answers.stream().map(ProductAnswers::line),
                                Stream.of("all: "
                                        + answers.stream()
                                                .mapToInt(ProductAnswers::modules)
                                                .sum()
                                        + " modules, "
                                        + answers.stream()
                                                .mapToInt(ProductAnswers::broken)
                                                .sum()
                                        + " of them malformed or invalid"))
                        .toList());
    }

    @AfterAll
    void sayHowMuchWasAsked() {
        System.getLogger("conformance")
                .log(
                        System.Logger.Level.INFO,
                        answers.stream().mapToInt(ProductAnswers::modules).sum() + " modules, "
                                + answers.stream()
                                        .mapToInt(ProductAnswers::broken)
                                        .sum() + " broken, slowest "
                                + answers.stream()
                                        .map(ProductAnswers::slowest)
                                        .max(Comparator.naturalOrder())
                                        .orElseThrow()
                                        .toMillis()
                                + " ms, largest "
                                + answers.stream()
                                        .mapToInt(ProductAnswers::largest)
                                        .max()
                                        .orElseThrow() + " bytes");
    }
}
