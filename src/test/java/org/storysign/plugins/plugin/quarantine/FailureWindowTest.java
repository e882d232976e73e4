package org.storysign.plugins.plugin.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureWindowTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final QuarantineTerms TERMS = QuarantineTerms.USUAL;

    private final FailureWindow window = new FailureWindow(TERMS.window());

    @Test
    void one_input_that_fails_ten_thousand_times_is_one_input() {
        FailureWindow.Count count = new FailureWindow.Count(0, 0, 0, 0);
        for (int i = 0; i < 10_000; i++) {
            count = window.add(7, Optional.of(user(i % 100)), true, NOW);
        }

        assertThat(count.failed()).isEqualTo(1);
        assertThat(count.exceeds(TERMS, TERMS.inputs())).isFalse();
    }

    @Test
    void one_user_with_ten_thousand_bad_inputs_counts_seven() {
        FailureWindow.Count count = new FailureWindow.Count(0, 0, 0, 0);
        for (int i = 0; i < 10_000; i++) {
            count = window.add(i, Optional.of(user(1)), true, NOW);
        }

        assertThat(count.failed()).isEqualTo(QuarantineTerms.MOST_OF_SOURCE);
        assertThat(count.exceeds(TERMS, TERMS.inputs())).isFalse();
    }

    @Test
    void many_inputs_of_many_users_that_fail_are_too_many() {
        FailureWindow.Count count = new FailureWindow.Count(0, 0, 0, 0);
        for (int i = 0; i < TERMS.inputs(); i++) {
            assertThat(count.exceeds(TERMS, TERMS.inputs())).isFalse();
            count = window.add(i, Optional.of(user(i)), true, NOW);
        }

        assertThat(count.exceeds(TERMS, TERMS.inputs())).isTrue();
    }

    @Test
    void what_the_product_asks_for_nobody_counts_by_itself() {
        FailureWindow.Count count = new FailureWindow.Count(0, 0, 0, 0);
        for (int i = 0; i < TERMS.inputs(); i++) {
            count = window.add(i, Optional.empty(), true, NOW);
        }

        assertThat(count.exceeds(TERMS, TERMS.inputs())).isTrue();
    }

    @Test
    void as_many_failures_among_more_that_go_well_are_not() {
        window.add(0, Optional.of(user(0)), true, NOW);
        FailureWindow.Count count = new FailureWindow.Count(0, 0, 0, 0);
        for (int i = 1; i < 200; i++) {
            count = window.add(i, Optional.of(user(i)), i % 4 == 0, NOW);
        }

        assertThat(count.failed()).isGreaterThan(TERMS.inputs());
        assertThat(count.exceeds(TERMS, TERMS.inputs())).isFalse();
    }

    @Test
    void an_input_that_goes_well_later_has_not_failed() {
        window.add(1, Optional.empty(), true, NOW);

        assertThat(window.add(1, Optional.empty(), false, NOW).failed()).isZero();
    }

    @Test
    void what_is_older_than_the_window_is_forgotten() {
        window.add(1, Optional.empty(), true, NOW);

        FailureWindow.Count later =
                window.add(2, Optional.empty(), true, NOW.plus(TERMS.window()).plusMillis(1));

        assertThat(later.all()).isEqualTo(1);
    }

    @Test
    void while_nothing_fails_nothing_is_kept() {
        assertThat(window.isQuiet()).isTrue();
        window.add(1, Optional.empty(), true, NOW);
        assertThat(window.isQuiet()).isFalse();
    }

    /** A thousand schedules by chance against a model that keeps everything. */
    @Test
    void it_counts_as_a_simple_model_does() {
        Random random = new Random(20_261_123);
        for (int round = 0; round < 1_000; round++) {
            FailureWindow real = new FailureWindow(Duration.ofSeconds(10));
            Map<Long, Boolean> outcomes = new LinkedHashMap<>();
            Map<Long, Optional<String>> users = new HashMap<>();
            Map<String, Integer> tried = new HashMap<>();
            for (int step = 0; step < 60; step++) {
                long input = random.nextInt(30);
                Optional<String> user =
                        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(user(random.nextInt(4)));
                boolean failed = random.nextBoolean();
                FailureWindow.Count count = real.add(input, user, failed, NOW);
                boolean takes = outcomes.containsKey(input)
                        || user.isEmpty()
                        || tried.merge(user.get(), 1, Integer::sum) <= QuarantineTerms.MOST_OF_SOURCE;
                if (takes) {
                    outcomes.put(input, failed);
                    users.put(input, user);
                }
                Set<String> failing = new HashSet<>();
                outcomes.forEach((key, bad) -> {
                    if (bad) {
                        users.getOrDefault(key, Optional.empty()).ifPresent(failing::add);
                    }
                });
                assertThat(count.failed()).isEqualTo((int)
                        outcomes.values().stream().filter(bad -> bad).count());
                assertThat(count.all()).isEqualTo(outcomes.size());
                assertThat(count.sources()).isEqualTo(failing.size());
            }
        }
    }

    @Test
    void pauses_double_until_the_longest() {
        assertThat(TERMS.pause(0)).isEqualTo(Duration.ofMinutes(1));
        assertThat(TERMS.pause(1)).isEqualTo(Duration.ofMinutes(2));
        assertThat(TERMS.pause(5)).isEqualTo(Duration.ofMinutes(32));
        assertThat(TERMS.pause(6)).isEqualTo(Duration.ofHours(1));
        assertThat(TERMS.pause(1_000_000)).isEqualTo(Duration.ofHours(1));
    }

    private static String user(int number) {
        return "user " + number;
    }
}
