package org.storysign.plugins.wasm.fuel;

import java.util.EnumSet;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.wasm.scan.TestScan;

/** Metered modules for tests, with all guards or with one unplugged. */
final class Metered {

    private Metered() {}

    static MeteredModule of(String wat) {
        return of(Wat.assemble(wat));
    }

    static MeteredModule of(byte[] bytes) {
        return new FuelInstrumenter(CostTable.CURRENT).meter(TestScan.accepted(bytes));
    }

    static MeteredModule without(Guard unplugged, String wat) {
        EnumSet<Guard> others = EnumSet.complementOf(EnumSet.of(unplugged));
        return new FuelInstrumenter(CostTable.CURRENT, others).meter(TestScan.accepted(Wat.assemble(wat)));
    }

    static Run run(Engine engine, MeteredModule module, Budget budget, long... arguments) {
        return MeteredRunner.metered(engine, module).run(budget, "main", arguments);
    }
}
