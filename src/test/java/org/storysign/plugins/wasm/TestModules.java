package org.storysign.plugins.wasm;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Valid modules without the reader, for tests of the steps behind it. Their shape is empty. */
public final class TestModules {

    private static final ModuleShape EMPTY =
            new ModuleShape(List.of(), Map.of(), Optional.empty(), Optional.empty(), 0, false, FunctionNames.NONE);

    private TestModules() {}

    public static WasmModule of(byte[] bytes) {
        return new WasmModule(new WasmBinary(bytes), EMPTY);
    }
}
