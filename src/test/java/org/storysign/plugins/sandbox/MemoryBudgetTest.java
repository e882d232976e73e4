package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.storysign.plugins.limits.MemorySize;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(new MemorySize(100));

    @Test
    void it_gives_its_last_byte_and_not_one_more() {
        assertThat(budget.take(100)).isTrue();
        assertThat(budget.wasRefused()).isFalse();

        assertThat(budget.take(1)).isFalse();
        assertThat(budget.wasRefused()).isTrue();
    }

    @Test
    void what_was_given_back_can_be_taken_again_and_the_peak_stays() {
        budget.require(80);
        budget.giveBack(50);

        budget.require(60);
        budget.giveBack(90);

        assertThat(budget.peak()).isEqualTo(new MemorySize(90));
    }

    @Test
    void asking_for_more_than_any_number_is_refused() {
        budget.require(1);

        assertThat(budget.take(Long.MAX_VALUE)).isFalse();
        assertThat(budget.peak()).isEqualTo(new MemorySize(1));
    }

    @Test
    void what_must_have_room_and_has_none_stops_the_guest() {
        assertThatThrownBy(() -> budget.require(101))
                .isInstanceOfSatisfying(
                        TrapException.class,
                        stopped -> assertThat(stopped.trap()).isEqualTo(new Trap.MemoryExhausted(new MemorySize(100))));
    }
}
