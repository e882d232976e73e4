package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.WasmModule;

/** Imports that nothing here offers. */
final class UnknownImport implements ScanRule {

    @Override
    public String name() {
        return "unknown-import";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        return module.shape().imports().stream()
                .filter(imported -> !KnownImports.isKnown(imported) && !OutdatedImport.isOutdated(imported))
                .map(imported -> finding(
                        Severity.REJECTED,
                        "import " + GuestText.quote(imported.qualifiedName()),
                        "the platform offers no such function; " + advice(imported)))
                .toList();
    }

    private static String advice(ImportedFunction imported) {
        String module = imported.module();
        if (!KnownImports.of(module).isEmpty()) {
            return "remove the call, or correct the name: `" + module + "` has "
                    + KnownImports.of(module).size() + " functions, listed in the manual of the interface";
        }
        if (module.equals("env") && imported.name().equals("abort")) {
            return "AssemblyScript imports it by default: compile with `--use abort=…` as its Extism kit describes";
        }
        if (module.equals("env")) {
            return "the linker made an import of a symbol it did not find: link the library that defines it, and do not"
                    + " use `--allow-undefined`";
        }
        if (module.startsWith("__wbindgen")) {
            return "wasm-bindgen builds for browsers: build for wasm32-wasip1 or wasm32-unknown-unknown with Extism's kit";
        }
        if (module.equals("go") || module.equals("gojs")) {
            return "Go built it for browsers: build with `GOOS=wasip1 GOARCH=wasm -buildmode=c-shared`";
        }
        return "modules may import from `" + KnownImports.EXTISM + "`, `" + KnownImports.PLATFORM + "` and `"
                + KnownImports.WASI + "`";
    }
}
