package org.storysign.plugins.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuelTest {

    /** What one instruction can charge at most, {@code memory.grow} by 2^32 - 1 pages, and some. */
    private static final long LARGEST_CHARGE = 1L << 46;

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, (1L << 60) + 1, Long.MAX_VALUE})
    void refuses_an_amount_that_no_limit_may_have(long units) {
        assertThatThrownBy(() -> new Fuel(units)).hasMessageContaining(String.valueOf(units));
    }

    @Test
    void leaves_room_above_the_largest_amount_for_thousands_of_the_largest_charges() {
        assertThat(Math.addExact(Fuel.LARGEST.units(), Math.multiplyExact(1 << 14, LARGEST_CHARGE)))
                .isPositive();
    }
}
