package org.storysign.plugins.wasm.scan;

import java.util.List;
import org.storysign.plugins.wasm.WasmModule;

/** Asks every rule about a module. The same module and policy always give the same report. Safe for concurrent use. */
public final class ModuleScanner {

    private static final List<ScanRule> RULES = List.of(
            new OutdatedImport(),
            new UnknownImport(),
            new MistypedImport(),
            new SizeOverLevel(),
            new FunctionsOverLevel(),
            new TableOverLevel(),
            new MemoryOverLevel(),
            new NoExports(),
            new NoMemory(),
            new StartFunction(),
            new CommandModule(),
            new ExportedMutableGlobal(),
            new NoFunctionNames());

    private ModuleScanner() {}

    /** Rejected when at least one finding is {@link Severity#REJECTED}; the report holds what all rules found. */
    public static ScanResult scan(WasmModule module, ScanPolicy policy) {
        List<Finding> findings = RULES.stream()
                .flatMap(rule -> rule.inspect(module, policy).stream())
                .toList();
        ScanReport report = new ScanReport(findings);
        return report.isRejected()
                ? new ScanResult.Rejected(report)
                : new ScanResult.Accepted(new ScannedModule(module, report));
    }
}
