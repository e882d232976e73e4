package org.storysign.plugins.wasm.scan;

/** What became of a scan. */
public sealed interface ScanResult {

    ScanReport report();

    /** No rule rejected the module. */
    record Accepted(ScannedModule module) implements ScanResult {
        @Override
        public ScanReport report() {
            return module.report();
        }
    }

    /** At least one rule rejected it. */
    record Rejected(ScanReport report) implements ScanResult {}
}
