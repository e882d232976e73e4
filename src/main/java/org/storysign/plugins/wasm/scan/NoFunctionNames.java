package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.WasmModule;

/** A module whose traps can only be told by numbers. */
final class NoFunctionNames implements ScanRule {

    @Override
    public String name() {
        return "no-function-names";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        ModuleShape shape = module.shape();
        return shape.functions() > 0 && shape.names().byIndex().isEmpty()
                ? List.of(finding(
                        Severity.INFO,
                        "custom section `name`",
                        "the module does not name its functions, so traps are told as `function 7`; keep the name section to"
                                + " read names (it costs nothing at run time)"))
                : List.of();
    }
}
