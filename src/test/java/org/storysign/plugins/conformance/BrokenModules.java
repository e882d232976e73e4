package org.storysign.plugins.conformance;

import java.util.List;
import java.util.function.Consumer;

/** What the suite says is malformed or invalid, in all its collections. */
public final class BrokenModules {

    static final List<String> COLLECTIONS = List.of(
            "wasm-v1",
            "wasm-v2",
            "wasm-v3",
            "proposals/bulk-memory",
            "proposals/custom-page-sizes",
            "proposals/extended-const",
            "proposals/function-references",
            "proposals/memory64",
            "proposals/multi-memory",
            "proposals/multi-value",
            "proposals/mutable-global",
            "proposals/nontrapping-float-to-int-conversions",
            "proposals/reference-types",
            "proposals/relaxed-simd",
            "proposals/sign-extension-ops",
            "proposals/simd",
            "proposals/tail-call",
            "proposals/threads");

    private BrokenModules() {}

    /** Those in the binary format, one after the other. */
    public static void forEach(Consumer<byte[]> taker) {
        for (String collection : COLLECTIONS) {
            for (Script script : Suite.scripts(collection)) {
                script.commands().stream()
                        .filter(Command::isBrokenModule)
                        .map(Command::module)
                        .forEach(taker);
            }
        }
    }
}
