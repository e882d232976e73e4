package org.storysign.plugins.wasm;

/** A module that is valid WebAssembly (core spec 3). Only {@link ModuleReader} makes these. */
public final class WasmModule {

    private final WasmBinary binary;
    private final ModuleShape shape;

    WasmModule(WasmBinary binary, ModuleShape shape) {
        this.binary = binary;
        this.shape = shape;
    }

    public WasmBinary binary() {
        return binary;
    }

    public ModuleShape shape() {
        return shape;
    }
}
