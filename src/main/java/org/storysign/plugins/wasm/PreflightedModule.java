package org.storysign.plugins.wasm;

/** Bytes that {@link Preflight} found safe to parse: every count fits, nothing is nested too deep. Only it makes these. */
public final class PreflightedModule {

    private final WasmBinary binary;

    PreflightedModule(WasmBinary binary) {
        this.binary = binary;
    }

    public WasmBinary binary() {
        return binary;
    }
}
