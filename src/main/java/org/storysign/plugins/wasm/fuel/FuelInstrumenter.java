package org.storysign.plugins.wasm.fuel;

import java.util.EnumSet;
import java.util.Set;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.WasmModule;
import org.storysign.plugins.wasm.scan.ScannedModule;

/**
 * Rewrites modules so that they pay for every step, by one {@link CostTable}. The same module always becomes the same bytes. Safe
 * for concurrent use.
 */
public final class FuelInstrumenter {

    private final CostTable costs;
    private final Set<Guard> guards;

    public FuelInstrumenter(CostTable costs) {
        this(costs, EnumSet.allOf(Guard.class));
    }

    /** With only these guards. */
    FuelInstrumenter(CostTable costs, Set<Guard> guards) {
        this.costs = costs;
        this.guards = Set.copyOf(guards);
    }

    /** Takes time linear in the module's size. Custom sections are left out; names live on in the module's shape. */
    public MeteredModule meter(ScannedModule scanned) {
        WasmModule module = scanned.module();
        SourceModule source = new SourceModule(module.binary());
        byte[] metered = new ModuleRewriter(source, costs, guards).rewrite();
        return new MeteredModule(
                new WasmBinary(metered),
                module.binary().digest(),
                module.shape(),
                source.globals(),
                source.globals() + 1);
    }
}
