package org.storysign.plugins.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Golden;

/** The suite of WebAssembly 2.0 without SIMD: the features that are accepted here, and the ones near them. */
@EnabledIf(
        value = "org.storysign.plugins.conformance.SuitePresence#isToRun",
        disabledReason = "the WebAssembly suite is not here; deploy/conformance/fetch brings it")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {

    private static final double LEAST_RUN = 0.95;

    private final List<Comparison> comparisons = new ArrayList<>();

    @BeforeAll
    void compareAllLanes() {
        Stream.concat(
                        Suite.scripts(Suite.ACCEPTED).stream(),
                        Suite.scripts("proposals/extended-const").stream()
                                .map(script -> new Script(
                                        "extended-const/" + script.name(), script.folder(), script.commands())))
                .forEach(script -> comparisons.add(Comparison.of(script)));
    }

    Stream<Comparison> files() {
        return comparisons.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void every_command_of_the_file_passes_or_names_what_is_missing(Comparison file) {
        assertThat(file.failures()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void metered_or_not_and_interpreted_or_not_the_file_behaves_the_same(Comparison file) {
        assertThat(file.differences()).isEmpty();
    }

    @Test
    void at_least_95_percent_of_the_commands_run() {
        Tally all = total();

        assertThat((double) all.passed() / all.runnable()).isGreaterThanOrEqualTo(LEAST_RUN);
    }

    @Test
    void what_the_engine_alone_gets_wrong_is_what_the_golden_file_says() {
        List<String> found = comparisons.stream()
                .flatMap(each -> each.engineFailures().stream())
                .sorted()
                .toList();

        Golden.assertUnchanged("conformance-engine.txt", found);
    }

    @Test
    void what_passed_and_what_was_skipped_is_what_the_golden_file_says() {
        List<String> found = Stream.concat(
                        comparisons.stream().map(each -> each.tally().line(each.name())),
                        Stream.of(total().line("all")))
                .toList();

        Golden.assertUnchanged("conformance.txt", found);
    }

    @AfterAll
    void sayHowMuchRan() {
        Tally all = total();
        System.getLogger("conformance")
                .log(
                        System.Logger.Level.INFO,
                        "commands " + all.commands() + ", run in 4 lanes " + all.passed() + ", differences "
                                + comparisons.stream()
                                        .mapToInt(each -> each.differences().size())
                                        .sum());
    }

    private Tally total() {
        return comparisons.stream().map(Comparison::tally).reduce(Tally.NONE, Tally::plus);
    }
}
