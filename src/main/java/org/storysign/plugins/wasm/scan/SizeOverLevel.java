package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.WasmModule;

/** More bytes than the level allows: when a module that was accepted once is held against a stricter level. */
final class SizeOverLevel implements ScanRule {

    @Override
    public String name() {
        return "size-over-level";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        int found = module.binary().size();
        if (found <= policy.code().moduleSize().bytes()) {
            return List.of();
        }
        String message = "the module has " + found + " bytes, at most "
                + policy.code().moduleSize().bytes()
                + " are accepted at this security level; strip it and build for size";
        return List.of(finding(Severity.REJECTED, "module", message));
    }
}
