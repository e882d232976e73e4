package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.WasmModule;

/** Imports of interfaces that have a successor: Extism before 1.0 and WASI before preview 1. */
final class OutdatedImport implements ScanRule {

    @Override
    public String name() {
        return "outdated-import";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        return module.shape().imports().stream()
                .filter(OutdatedImport::isOutdated)
                .map(this::finding)
                .toList();
    }

    static boolean isOutdated(ImportedFunction imported) {
        return isOldExtism(imported) || imported.module().equals("wasi_unstable");
    }

    private static boolean isOldExtism(ImportedFunction imported) {
        return imported.module().equals("env") && imported.name().startsWith("extism_");
    }

    private Finding finding(ImportedFunction imported) {
        String message = isOldExtism(imported)
                ? "this is Extism's interface before 1.0; rebuild with a plugin kit (PDK) of version 1.0 or later, whose"
                        + " functions are in `" + KnownImports.EXTISM + "`"
                : "this is WASI before preview 1; rebuild with a current toolchain, which imports from `"
                        + KnownImports.WASI + "`";
        return finding(Severity.REJECTED, "import " + GuestText.quote(imported.qualifiedName()), message);
    }
}
