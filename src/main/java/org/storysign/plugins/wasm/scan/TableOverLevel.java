package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.WasmModule;

/** More table entries at the start than the level allows. The table cannot grow later: table.grow is refused. */
final class TableOverLevel implements ScanRule {

    @Override
    public String name() {
        return "table-over-level";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        int most = policy.code().tableEntries();
        return module.shape().table().stream()
                .filter(table -> table.minimum() > most)
                .map(table -> finding(
                        Severity.REJECTED,
                        "table 0",
                        "needs " + table.minimum() + " entries, at most " + most
                                + " are accepted at this security level; take the addresses of fewer functions"))
                .toList();
    }
}
