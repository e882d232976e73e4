package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.MemoryShape;
import org.storysign.plugins.wasm.WasmModule;

/** A memory that does not fit the budget of a call even before the first one. */
final class MemoryOverLevel implements ScanRule {

    @Override
    public String name() {
        return "memory-over-level";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        int most = policy.memory().wholePages();
        return module.shape().memory().stream()
                .filter(memory -> memory.minimumPages() > most)
                .map(memory -> finding(Severity.REJECTED, "memory 0", message(memory, most)))
                .toList();
    }

    private static String message(MemoryShape memory, int most) {
        return "needs " + memory.minimumPages() + " pages of 64 KiB at its start, at most " + most
                + " are accepted at this security level; ask for less initial memory (clang and Rust:"
                + " `-Wl,--initial-memory`, AssemblyScript: `--initialMemory`) and smaller stacks";
    }
}
