package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.TestModules;

/** Accepted modules without the scan, for tests of the steps behind it. */
public final class TestScan {

    private TestScan() {}

    public static ScannedModule accepted(byte[] bytes) {
        return new ScannedModule(TestModules.of(bytes), new ScanReport(List.of()));
    }
}
