package org.storysign.plugins.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.wasm.RefusedFeature;

/** The suite of WebAssembly 2.0 without SIMD: the features that are accepted here, and the ones near them. */
@EnabledIf(
        value = "org.storysign.plugins.conformance.SuitePresence#isToRun",
        disabledReason = "the WebAssembly suite is not here; deploy/conformance/fetch brings it")
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {

    private static final double LEAST_RUN = 0.95;

    /** Files whose subject is a feature that is refused here. */
    private static final Map<String, RefusedFeature> OF_REFUSED_FEATURES = Map.of(
            "table_copy", RefusedFeature.TABLE_MUTATION,
            "table_fill", RefusedFeature.TABLE_MUTATION,
            "table_grow", RefusedFeature.TABLE_MUTATION,
            "table_init", RefusedFeature.TABLE_MUTATION);

    /** What a skip may name beside refused features: imports that only the suite's own host offers, and what is no module. */
    private static final Set<String> OTHER_REASONS = Set.of("import-kind", "unknown-import", Tally.TEXT_FORMAT);

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
    void at_least_95_percent_of_the_commands_in_files_of_accepted_features_run() {
        Tally accepted = total(file -> !OF_REFUSED_FEATURES.containsKey(file.name()));

        assertThat((double) accepted.passed() / accepted.runnable()).isGreaterThanOrEqualTo(LEAST_RUN);
    }

    @Test
    void a_skip_names_the_refused_feature() {
        Set<String> features =
                Arrays.stream(RefusedFeature.values()).map(RefusedFeature::rule).collect(Collectors.toSet());

        assertThat(total(file -> true).skipped().keySet())
                .allMatch(reason -> features.contains(reason) || OTHER_REASONS.contains(reason));
        OF_REFUSED_FEATURES.forEach((name, feature) ->
                assertThat(total(file -> file.name().equals(name)).skipped()).containsKey(feature.rule()));
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
                        Stream.of(
                                total(file -> !OF_REFUSED_FEATURES.containsKey(file.name()))
                                        .line("files of accepted features"),
                                total(file -> true).line("all files")))
                .toList();

        Golden.assertUnchanged("conformance.txt", found);
    }

    @AfterAll
    void sayHowMuchRan() {
        int differences =
                comparisons.stream().mapToInt(each -> each.differences().size()).sum();
        System.getLogger("conformance")
                .log(
                        System.Logger.Level.INFO,
                        total(file -> true).line(comparisons.size() + " files in 4 lanes") + ", differences "
                                + differences);
    }

    private Tally total(Predicate<Comparison> which) {
        return comparisons.stream().filter(which).map(Comparison::tally).reduce(Tally.NONE, Tally::plus);
    }
}
