package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.WasmModule;

/** A module that can hold nothing but numbers. */
final class NoMemory implements ScanRule {

    @Override
    public String name() {
        return "no-memory";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        return module.shape().memory().isEmpty()
                ? List.of(finding(
                        Severity.WARNING,
                        "memory section",
                        "the module has no memory, so it cannot hold text or use WASI; compilers add one by default"))
                : List.of();
    }
}
