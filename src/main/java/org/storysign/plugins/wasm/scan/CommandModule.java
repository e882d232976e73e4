package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.WasmModule;

/** A program that reads standard input and writes standard output. */
final class CommandModule implements ScanRule {

    @Override
    public String name() {
        return "command-module";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        return isCommand(module.shape())
                ? List.of(finding(
                        Severity.INFO,
                        "export `_start`",
                        "the module is a command: it gets its input on standard input, its output is what it writes to"
                                + " standard output, and it runs from its beginning at every call"))
                : List.of();
    }

    private static boolean isCommand(ModuleShape shape) {
        return shape.isExported("_start")
                && shape.imports().stream()
                        .noneMatch(imported -> imported.module().startsWith("extism:"));
    }
}
