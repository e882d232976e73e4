package org.storysign.plugins.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** Asks every way of running modules for its opinion. */
final class Opinions implements AutoCloseable {

    private static final Budget BUDGET = Budget.AMPLE.withDepth(2_000);
    private static final Limits LIMITS = SecurityLevel.MINIMAL
            .limits()
            .withFuel(new Fuel(1_000_000_000_000L))
            .withRunTime(Duration.ofMinutes(10));

    private final FuelInstrumenter instrumenter = new FuelInstrumenter(CostTable.CURRENT);
    private final ProductRunner interpreting = new ProductRunner(Tiering.INTERPRETED, LIMITS);
    private final ProductRunner compiling = new ProductRunner(Tiering.COMPILED, LIMITS);

    /**
     * What all said about one call.
     *
     * @param reference what the plain module did on the compiler
     * @param fuel what the metered module used
     * @param differences a line for each who says otherwise
     */
    record Answer(Opinion reference, long fuel, int asked, List<String> differences) {}

    Answer ask(byte[] bytes, String export, long argument) {
        MeteredModule metered = instrumenter.meter(Modules.scanned(bytes, SecurityLevel.MINIMAL));
        Map<String, Opinion> plain = new LinkedHashMap<>();
        plain.put("plain compiled", chicory(MeteredRunner.plain(Engine.COMPILER, bytes), export, argument));
        plain.put("plain interpreted", chicory(MeteredRunner.plain(Engine.INTERPRETER, bytes), export, argument));
        plain.put("plain on Endive", EndiveRunner.plain(bytes).run(export, argument));
        Map<String, Opinion> paid = new LinkedHashMap<>();
        paid.put("metered compiled", chicory(MeteredRunner.metered(Engine.COMPILER, metered), export, argument));
        paid.put("metered interpreted", chicory(MeteredRunner.metered(Engine.INTERPRETER, metered), export, argument));
        paid.put("metered on Endive", EndiveRunner.metered(metered).run(export, argument));
        paid.put("product interpreted", interpreting.run(metered, export, argument));
        paid.put("product compiled", compiling.run(metered, export, argument));
        return answer(plain, paid);
    }

    private static Opinion chicory(MeteredRunner runner, String export, long argument) {
        return Opinion.of(runner.run(BUDGET, export, argument));
    }

    private static Answer answer(Map<String, Opinion> plain, Map<String, Opinion> paid) {
        Opinion reference = plain.values().iterator().next();
        long fuel = paid.values().iterator().next().fuel();
        List<String> differences = new ArrayList<>();
        plain.forEach((who, opinion) -> compare(who, reference, opinion, differences));
        paid.forEach((who, opinion) -> {
            compare(who, reference, opinion.withoutFuel(), differences);
            if (opinion.fuel() != fuel) {
                differences.add(who + " used fuel of " + opinion.fuel() + ", metered compiled " + fuel);
            }
        });
        return new Answer(reference, fuel, plain.size() + paid.size(), differences);
    }

    private static void compare(String who, Opinion reference, Opinion opinion, List<String> differences) {
        Opinion expected = opinion.globals().isEmpty() ? reference.withoutGlobals() : reference;
        if (!opinion.equals(expected)) {
            differences.add(who + " says " + opinion + ", plain compiled " + expected);
        }
    }

    @Override
    public void close() {
        interpreting.close();
        compiling.close();
    }
}
