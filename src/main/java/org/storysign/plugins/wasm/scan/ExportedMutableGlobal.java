package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.wasm.WasmModule;

/** Variables that the module offers to others, of which there are none here. */
final class ExportedMutableGlobal implements ScanRule {

    @Override
    public String name() {
        return "exported-mutable-global";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        return module.shape().mutableGlobals().stream()
                .sorted()
                .map(name -> finding(
                        Severity.INFO,
                        "export " + GuestText.quote(name),
                        "the platform neither reads nor changes exported globals; the export can be left out"))
                .toList();
    }
}
