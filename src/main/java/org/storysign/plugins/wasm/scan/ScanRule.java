package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.WasmModule;

/** One thing that the scan looks at. Has no state. */
sealed interface ScanRule
        permits UnknownImport,
                MistypedImport,
                OutdatedImport,
                SizeOverLevel,
                FunctionsOverLevel,
                TableOverLevel,
                MemoryOverLevel,
                NoExports,
                NoMemory,
                StartFunction,
                CommandModule,
                ExportedMutableGlobal,
                NoFunctionNames {

    /** The public name, kebab-case. */
    String name();

    /** What it found, in the module's order; empty when there is nothing to say. */
    List<Finding> inspect(WasmModule module, ScanPolicy policy);

    /** A finding of this rule. */
    default Finding finding(Severity severity, String where, String message) {
        return new Finding(name(), severity, where, message);
    }
}
