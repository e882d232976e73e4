package org.storysign.plugins.wasm.scan;

import org.storysign.plugins.wasm.WasmModule;

/** A module that the scan accepted. Only {@link ModuleScanner} makes these. */
public final class ScannedModule {

    private final WasmModule module;
    private final ScanReport report;

    ScannedModule(WasmModule module, ScanReport report) {
        this.module = module;
        this.report = report;
    }

    public WasmModule module() {
        return module;
    }

    public ScanReport report() {
        return report;
    }
}
