package org.storysign.plugins.wasm;

/** Bytes that {@link Preflight} found safe to parse: every count fits, nothing is nested too deep. Only it makes these. */
public final class PreflightedModule {

    private final WasmBinary binary;
    private final Outline outline;

    PreflightedModule(WasmBinary binary, Outline outline) {
        this.binary = binary;
        this.outline = outline;
    }

    public WasmBinary binary() {
        return binary;
    }

    Outline outline() {
        return outline;
    }
}
