package org.storysign.plugins.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/**
 * Any bytes as a module that runs: whatever is accepted ends within its fuel, and with half of the fuel it used it ends at exactly
 * that.
 */
public final class InstrumenterFuzz {

    private static final long FUEL = 50_000;
    private static final long DEPTH = 500;
    private static final String MAIN = "main";

    private InstrumenterFuzz() {}

    /** Called by Jazzer, once, so that its first executions are not the slow ones. */
    public static void fuzzerInitialize() {
        seeds().forEach(InstrumenterFuzz::fuzzerTestOneInput);
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        answer(bytes);
    }

    /** How it ended, if it ran. */
    static String answer(byte[] bytes) {
        MeteredModule accepted;
        try {
            accepted = PreflightFuzz.metered(bytes);
        } catch (ProblemException refused) {
            return refused.code().code();
        }
        return isToRun(accepted) ? requireItStops(accepted).name() : "not to be run";
    }

    /** Nothing is imported that this runner would have to offer, and memory is small. */
    private static boolean isToRun(MeteredModule module) {
        return module.shape().imports().isEmpty()
                && Optional.ofNullable(module.shape().exports().get(MAIN))
                        .filter(type -> type.params().size() == 1)
                        .isPresent()
                && module.shape().memory().stream().allMatch(memory -> memory.minimumPages() < 64);
    }

    private static Stop requireItStops(MeteredModule module) {
        Budget budget = Budget.ofFuel(FUEL).withDepth(DEPTH);
        Run run = MeteredRunner.metered(Engine.INTERPRETER, module).run(budget, MAIN, 3);
        if (run.stop() == Stop.STACK_OVERFLOW) {
            throw new AssertionError("its depth was not counted");
        }
        if (run.stop() == Stop.RETURNED && run.fuel() > FUEL) {
            throw new AssertionError("returned after " + run.fuel() + " units of " + FUEL);
        }
        if (run.stop() == Stop.RETURNED && run.fuel() > 1) {
            Run starved = MeteredRunner.metered(Engine.INTERPRETER, module)
                    .run(Budget.ofFuel(run.fuel() - 1).withDepth(DEPTH), MAIN, 3);
            if (starved.stop() != Stop.OUT_OF_FUEL) {
                throw new AssertionError("ended by " + starved.stop() + " with one unit less than it needs");
            }
        }
        return run.stop();
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String code : List.of(
                "(loop $l (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i64.const 1)",
                "(if (result i64) (local.get 0) (then (call $main (i32.sub (local.get 0) (i32.const 1)))) (else (i64.const 7)))",
                "(memory.fill (i32.const 1) (i32.const 2) (local.get 0)) (drop (memory.grow (i32.const 1))) (i64.const 2)",
                "(block $b (block $a (br_table $a $b $a (local.get 0)))) (call_indirect (type 0) (i32.const 1) (i32.const 0))",
                "(i64.extend_i32_u (i32.div_s (i32.const 9) (local.get 0)))")) {
            seeds.add(Wat.assemble("""
                    (module (type (func (param i32) (result i64))) (memory 1 4) (table 2 2 funcref)
                      (elem (i32.const 0) $main) (global (mut i64) (i64.const 3))
                      (func $main (export "main") (type 0) (local i32 i64 f64) %s))
                    """.formatted(code)));
        }
        return seeds;
    }
}
