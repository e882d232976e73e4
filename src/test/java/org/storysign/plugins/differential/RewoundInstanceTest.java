package org.storysign.plugins.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.differential.ProductRunner.Call;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/**
 * Random modules: what a call gives, leaves in memory and costs in an instance that was made as new is what it is in a new one, whatever
 * ran before. Seeds are fixed.
 */
@Tag("proof")
class RewoundInstanceTest {

    private static final Limits LIMITS = SecurityLevel.MINIMAL.limits();

    @Test
    void calls_in_rewound_instances_do_the_same_as_in_new_ones() {
        assertThat(differences(20_000, 20_020, Tiering.COMPILED)).isEmpty();
        assertThat(differences(20_000, 20_020, Tiering.INTERPRETED)).isEmpty();
    }

    @Test
    @Tag("full")
    void calls_of_a_thousand_modules_in_rewound_instances_do_the_same_as_in_new_ones() {
        assertThat(differences(30_000, 31_000, Tiering.COMPILED)).isEmpty();
        assertThat(differences(30_000, 31_000, Tiering.INTERPRETED)).isEmpty();
    }

    private static List<String> differences(long from, long to, Tiering tiering) {
        List<String> differences = new ArrayList<>();
        try (ProductRunner runner = new ProductRunner(tiering, LIMITS)) {
            for (long seed = from; seed < to; seed++) {
                compare(seed, runner, differences);
            }
            assertThat(runner.rewound()).isGreaterThan((int) (to - from));
        }
        return differences;
    }

    private static void compare(long seed, ProductRunner runner, List<String> differences) {
        MeteredModule module = new FuelInstrumenter(CostTable.CURRENT)
                .meter(Modules.scanned(CompilerLikeModule.of(seed), SecurityLevel.MINIMAL));
        List<Call> calls = calls(seed, runner, module);
        List<Opinion> opinions = runner.run(module, "main", calls);
        for (int index = 0; index < calls.size(); index++) {
            Call call = calls.get(index);
            Opinion alone = runner.run(module, "main", List.of(call)).getFirst();
            if (!opinions.get(index).equals(alone)) {
                differences.add(
                        "seed " + seed + ", " + call.argument() + ": " + opinions.get(index) + ", new " + alone);
            }
        }
    }

    /** Arguments in turn; between them calls that run out of fuel somewhere, if they ever return. */
    private static List<Call> calls(long seed, ProductRunner runner, MeteredModule module) {
        Random random = new Random(seed);
        List<Call> calls = new ArrayList<>();
        for (long argument : new long[] {1, 7, 1, 1_000, 7}) {
            Opinion whole = runner.run(module, "main", argument);
            calls.add(new Call(argument, LIMITS));
            if (whole.stop() == Stop.RETURNED && random.nextBoolean()) {
                calls.add(new Call(argument, LIMITS.withFuel(new Fuel(random.nextLong(whole.fuel())))));
            }
        }
        return calls;
    }
}
