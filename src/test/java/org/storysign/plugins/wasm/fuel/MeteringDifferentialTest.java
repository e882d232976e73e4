package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.FuelByHand;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.wasm.scan.TestScan;

/** Random modules as their author built them, beside the same modules metered. */
@Tag("proof")
class MeteringDifferentialTest {

    /** As in force, but locals cost nothing: who runs the instructions one by one does not see them. */
    private static final CostTable WITHOUT_LOCALS =
            new CostTable(1, CostTable.CURRENT.free(), CostTable.CURRENT.byLength(), Integer.MAX_VALUE);

    @Test
    void metering_changes_nothing_but_the_fuel_and_both_engines_use_the_same() {
        Map<Stop, Integer> stops = compareSeeds(0, 300);

        assertThat(stops)
                .containsKeys(Stop.RETURNED, Stop.UNREACHABLE, Stop.ARITHMETIC, Stop.OUT_OF_BOUNDS, Stop.INDIRECT_CALL);
        assertThat(stops.get(Stop.RETURNED)).isGreaterThan(150);
    }

    @Test
    @Tag("full")
    void metering_changes_nothing_in_ten_thousand_modules() {
        Map<Stop, Integer> stops = compareSeeds(1_000, 11_000);

        assertThat(stops.get(Stop.RETURNED)).isGreaterThan(5_000);
    }

    private static Map<Stop, Integer> compareSeeds(long from, long to) {
        Map<Stop, Integer> stops = new EnumMap<>(Stop.class);
        LongStream.range(from, to).forEach(seed -> stops.merge(compare(seed), 1, Integer::sum));
        return stops;
    }

    private static Stop compare(long seed) {
        byte[] module = RandomModule.of(seed);
        MeteredModule metered = Metered.of(module);

        Run plain = MeteredRunner.plain(Engine.INTERPRETER, module).run(Budget.AMPLE, "main", 3);
        Run interpreted = Metered.run(Engine.INTERPRETER, metered, Budget.AMPLE, 3);
        Run compiled = Metered.run(Engine.COMPILER, metered, Budget.AMPLE, 3);
        Run starved = Metered.run(Engine.INTERPRETER, metered, Budget.ofFuel(interpreted.fuel() / 2), 3);
        Run starvedInSlices = Metered.run(
                Engine.COMPILER, metered, Budget.ofFuel(interpreted.fuel() / 2).inSlicesOf(7), 3);

        assertThat(interpreted.withoutMeter()).as("seed %d", seed).isEqualTo(plain);
        assertThat(compiled).as("seed %d, compiled", seed).isEqualTo(interpreted);
        assertThat(starvedInSlices).as("seed %d, half its fuel", seed).isEqualTo(starved);
        return plain.stop();
    }

    @Test
    void a_module_that_returns_has_paid_exactly_for_the_instructions_it_ran() {
        for (long seed = 0; seed < 1_000; seed++) {
            byte[] module = RandomModule.of(seed);
            MeteredModule metered = new FuelInstrumenter(WITHOUT_LOCALS).meter(TestScan.accepted(module));
            FuelByHand byHand = new FuelByHand(WITHOUT_LOCALS);

            MeteredRunner.plain(module, byHand).run(Budget.AMPLE, "main", 3);
            Run run = Metered.run(Engine.INTERPRETER, metered, Budget.AMPLE, 3);

            if (run.stop() == Stop.RETURNED) {
                assertThat(run.fuel()).as("seed %d", seed).isEqualTo(byHand.units());
            } else {
                assertThat(run.fuel()).as("seed %d, %s", seed, run.stop()).isGreaterThanOrEqualTo(byHand.units());
            }
        }
    }
}
