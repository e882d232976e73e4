package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.WasmModule;

/** More functions than the level allows: when a module that was accepted once is held against a stricter level. */
final class FunctionsOverLevel implements ScanRule {

    @Override
    public String name() {
        return "functions-over-level";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        int found = module.shape().functions();
        int most = policy.code().functions();
        if (found <= most) {
            return List.of();
        }
        String message = "found " + found + " functions, at most " + most
                + " are accepted at this security level; build with optimisation, or strip what is not called";
        return List.of(finding(Severity.REJECTED, "function section", message));
    }
}
