package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.WasmModule;

/** A module nobody can call. */
final class NoExports implements ScanRule {

    @Override
    public String name() {
        return "no-exports";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        return module.shape().exports().isEmpty()
                ? List.of(finding(
                        Severity.WARNING,
                        "export section",
                        "the module exports no function, so nothing can call it; export its handlers (Rust:"
                                + " `#[no_mangle] pub extern \"C\"`, clang: `-Wl,--export`, Go: `//go:wasmexport`)"))
                : List.of();
    }
}
