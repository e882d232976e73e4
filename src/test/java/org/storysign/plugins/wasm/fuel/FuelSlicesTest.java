package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;

class FuelSlicesTest {

    /** Costs 9 a round, and 1 at the end: see loop.wat. */
    private static final MeteredModule LOOP = Metered.of("""
            (module
              (func (export "main") (param $n i32) (result i32) (local $sum i32)
                (loop $again
                  (local.set $sum (i32.add (local.get $sum) (local.get $n)))
                  (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (local.get $sum)))
            """);

    static Stream<Arguments> slicesAndEngines() {
        return Stream.of(1L, 7L, 1_000L, 1_000_000L)
                .flatMap(slice -> Stream.of(Engine.values()).map(engine -> Arguments.of(slice, engine)));
    }

    @ParameterizedTest
    @MethodSource("slicesAndEngines")
    void the_fuel_at_which_a_guest_is_stopped_does_not_depend_on_the_slices(long slice, Engine engine) {
        Run run = Metered.run(engine, LOOP, Budget.ofFuel(4_000).inSlicesOf(slice), 1_000_000);

        assertThat(run.stop()).isEqualTo(Stop.OUT_OF_FUEL);
        assertThat(run.fuel()).as("1 + 445 rounds").isEqualTo(4_006);
    }

    @ParameterizedTest
    @MethodSource("slicesAndEngines")
    void the_fuel_of_a_guest_that_returns_does_not_depend_on_the_slices(long slice, Engine engine) {
        Run run = Metered.run(engine, LOOP, Budget.ofFuel(9_001).inSlicesOf(slice), 1_000);

        assertThat(run.stop()).isEqualTo(Stop.RETURNED);
        assertThat(run.fuel()).isEqualTo(9_001);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000_000})
    void one_unit_less_than_a_guest_needs_stops_it(long slice) {
        Run run = Metered.run(Engine.INTERPRETER, LOOP, Budget.ofFuel(9_000).inSlicesOf(slice), 1_000);

        assertThat(run.stop()).isEqualTo(Stop.OUT_OF_FUEL);
        assertThat(run.fuel()).isEqualTo(9_001);
    }
}
