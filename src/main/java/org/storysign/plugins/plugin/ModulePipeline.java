package org.storysign.plugins.plugin;

import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.wasm.ModuleReader;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.PreflightedModule;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;
import org.storysign.plugins.wasm.scan.ModuleScanner;
import org.storysign.plugins.wasm.scan.ScanPolicy;
import org.storysign.plugins.wasm.scan.ScanResult;
import org.storysign.plugins.wasm.scan.ScannedModule;

/** The steps from bytes to a module the engine takes. They need processor time, so never on an event loop. */
final class ModulePipeline {

    private static final FuelInstrumenter METER = new FuelInstrumenter(CostTable.CURRENT);

    private ModulePipeline() {}

    /** Reads and scans; fails with {@code module-malformed}, {@code module-too-large} or {@code module-invalid}. */
    static ScanResult scan(WasmBinary binary, SecurityLevel level) {
        return scan(Preflight.check(binary, level.code()), level);
    }

    /** The same after the pre-flight reader. */
    static ScanResult scan(PreflightedModule module, SecurityLevel level) {
        return ModuleScanner.scan(ModuleReader.read(module), ScanPolicy.of(level));
    }

    /** Reads, scans and meters; fails also with {@code module-rejected}. */
    static MeteredModule meter(WasmBinary binary, SecurityLevel level) {
        return meter(scan(binary, level).orThrow());
    }

    static MeteredModule meter(ScannedModule scanned) {
        return METER.meter(scanned);
    }
}
