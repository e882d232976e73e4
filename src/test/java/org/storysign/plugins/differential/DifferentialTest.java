package org.storysign.plugins.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.differential.Opinions.Answer;
import org.storysign.plugins.kit.MeteredRunner.Stop;

/**
 * Compiler-like modules, eight ways: plain and metered, on Chicory's interpreter and compiler, on Endive's compiler, and in the
 * product's sandbox on both. Seeds are fixed, so a difference can be looked at again.
 */
@Tag("proof")
class DifferentialTest {

    private static final long HOT_FUEL = 6_000_000;
    private static final long MOST_HOT_CALLS = 20_000;

    /** Modules that meet what {@link InterpreterFaultTest} pins: an if behind a multiplication, a store below address 0. */
    private static final List<Long> WHERE_THE_INTERPRETER_IS_WRONG = List.of(1_821L, 1_976L);

    @Test
    void a_sample_of_modules_does_the_same_however_it_is_run() {
        Survey survey = survey(0, 150, "main");

        assertThat(survey.differences).isEmpty();
        assertThat(survey.stops)
                .containsKeys(Stop.RETURNED, Stop.UNREACHABLE, Stop.ARITHMETIC, Stop.OUT_OF_BOUNDS, Stop.INDIRECT_CALL);
        assertThat(survey.stops.get(Stop.RETURNED)).isGreaterThan(75);
    }

    /** The engine's own memory throws a raw exception at it; found among the ten thousand. */
    @Test
    void a_module_that_initialises_memory_beyond_its_segment_ends_the_same_however_it_is_run() {
        Survey survey = survey(6_326, 6_327, "main");

        assertThat(survey.differences).isEmpty();
        assertThat(survey.stops).containsOnlyKeys(Stop.OUT_OF_BOUNDS);
    }

    @Test
    void where_the_engines_interpreter_is_known_to_be_wrong_all_others_agree() {
        for (long seed : WHERE_THE_INTERPRETER_IS_WRONG) {
            Survey survey = survey(seed, seed + 1, "main");

            assertThat(survey.known)
                    .isNotEmpty()
                    .allMatch(difference -> difference.contains(" interpreted ") && !difference.contains("product"));
        }
    }

    @Test
    void code_that_has_become_hot_still_does_the_same() {
        Survey survey = survey(0, 12, "hot");

        assertThat(survey.differences).isEmpty();
        assertThat(survey.fuel).isGreaterThan(12_000_000);
    }

    @Test
    @Tag("full")
    void ten_thousand_modules_do_the_same_however_they_are_run() {
        Survey survey = survey(1_000, 11_000, "main");

        assertThat(survey.differences).isEmpty();
    }

    @Test
    @Tag("full")
    void three_hundred_modules_that_have_become_hot_still_do_the_same() {
        Survey survey = survey(1_000, 1_300, "hot");

        assertThat(survey.differences).isEmpty();
    }

    private static Survey survey(long from, long to, String export) {
        Survey survey = new Survey();
        try (Opinions opinions = new Opinions()) {
            for (long seed = from; seed < to; seed++) {
                byte[] module = CompilerLikeModule.of(seed);
                Answer cold = opinions.ask(module, "main", 3);
                survey.add(seed, cold);
                if (export.equals("hot") && cold.reference().stop() == Stop.RETURNED) {
                    long calls = Math.clamp(HOT_FUEL / Math.max(1, cold.fuel()), 10, MOST_HOT_CALLS);
                    survey.add(seed, opinions.ask(module, "hot", calls));
                }
            }
        }
        System.getLogger("differential")
                .log(
                        System.Logger.Level.INFO,
                        "modules " + (to - from) + ", executions " + survey.executions + ", fuel " + survey.fuel
                                + ", ends " + survey.stops + ", differences " + survey.differences.size()
                                + ", known " + survey.known.size());
        return survey;
    }

    private static final class Survey {
        private final Map<Stop, Integer> stops = new EnumMap<>(Stop.class);
        private final List<String> differences = new ArrayList<>();
        private final List<String> known = new ArrayList<>();
        private long executions;
        private long fuel;

        void add(long seed, Answer answer) {
            stops.merge(answer.reference().stop(), 1, Integer::sum);
            executions += answer.asked();
            fuel += answer.fuel();
            List<String> where = WHERE_THE_INTERPRETER_IS_WRONG.contains(seed) ? known : differences;
            answer.differences().forEach(difference -> where.add("seed " + seed + ": " + difference));
        }
    }
}
