package org.storysign.plugins.wasm;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Modules that no step of ours has looked at, for tests of the meter on what the product refuses. Their shape is empty. */
public final class UncheckedModule {

    private static final ModuleShape EMPTY =
            new ModuleShape(List.of(), Map.of(), Optional.empty(), Optional.empty(), 0, false, FunctionNames.NONE);

    private UncheckedModule() {}

    /** The bytes must be valid WebAssembly. */
    public static WasmModule of(byte[] bytes) {
        return new WasmModule(new WasmBinary(bytes), EMPTY);
    }
}
