package org.storysign.plugins.kit;

import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.wasm.ModuleReader;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.WasmModule;
import org.storysign.plugins.wasm.scan.ModuleScanner;
import org.storysign.plugins.wasm.scan.ScanPolicy;
import org.storysign.plugins.wasm.scan.ScannedModule;

/** Modules taken through the steps before the meter, as install takes them. */
public final class Modules {

    private Modules() {}

    /** Preflighted and validated at level STANDARD. */
    public static WasmModule read(byte[] bytes) {
        return read(bytes, SecurityLevel.STANDARD);
    }

    public static WasmModule read(byte[] bytes, SecurityLevel level) {
        return ModuleReader.read(Preflight.check(new WasmBinary(bytes), level.code()));
    }

    /** Preflighted, validated and scanned under these limits; throws the problem of the step that refuses it. */
    public static ScannedModule scanned(byte[] bytes, CodeLimits limits) {
        CodeLimits plugged = LimitSwitch.plugged(limits);
        ScanPolicy policy =
                new ScanPolicy(plugged, SecurityLevel.STANDARD.limits().memory());
        return ModuleScanner.scan(ModuleReader.read(Preflight.check(new WasmBinary(bytes), plugged)), policy)
                .orThrow();
    }

    /** Preflighted, validated and scanned at level STANDARD; throws the problem of the step that refuses it. */
    public static ScannedModule scanned(byte[] bytes) {
        return scanned(bytes, SecurityLevel.STANDARD);
    }

    public static ScannedModule scanned(byte[] bytes, SecurityLevel level) {
        return ModuleScanner.scan(read(bytes, level), ScanPolicy.of(level)).orThrow();
    }
}
