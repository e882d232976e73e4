package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.WasmModule;

/** Code that runs whenever an instance is made. */
final class StartFunction implements ScanRule {

    @Override
    public String name() {
        return "start-function";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        return module.shape().hasStart()
                ? List.of(finding(
                        Severity.INFO,
                        "start section",
                        "the start function runs before every call in a fresh instance, and its fuel and time are part of"
                                + " the call; export `_initialize` for what can be prepared once"))
                : List.of();
    }
}
