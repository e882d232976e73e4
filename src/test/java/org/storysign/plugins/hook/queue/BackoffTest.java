package org.storysign.plugins.hook.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "5, 16000", "9, 256000", "10, 300000", "64, 300000", "2147483647, 300000"})
    void a_pause_doubles_up_to_the_longest_and_half_of_it_is_chance(int attempt, long whole) {
        Random random = new Random(7);

        List<Long> pauses = IntStream.range(0, 1_000)
                .mapToObj(time -> BACKOFF.pause(attempt, random).toMillis())
                .toList();

        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(whole / 2, whole));
        assertThat(pauses).anySatisfy(pause -> assertThat(pause).isLessThan(whole * 6 / 10));
        assertThat(pauses).anySatisfy(pause -> assertThat(pause).isGreaterThan(whole * 9 / 10));
    }

    @Test
    void a_longest_pause_shorter_than_the_first_is_refused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
