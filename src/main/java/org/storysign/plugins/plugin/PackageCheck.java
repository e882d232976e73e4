package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Optional;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.DangerousCombination;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.scan.ScanReport;

/**
 * What an installation would say, without installing.
 *
 * @param problems why it would be refused; empty when it would not
 * @param manifest what was read, when there was a valid manifest
 * @param scan what the scan saw, when there was a module that could be read
 * @param module the module's shape, when the scan accepted it
 * @param dangers combinations of asked permissions an operator should know of
 */
public record PackageCheck(
        List<ProblemException> problems,
        Optional<PluginManifest> manifest,
        Optional<ScanReport> scan,
        Optional<ModuleShape> module,
        List<DangerousCombination> dangers) {

    public PackageCheck {
        problems = List.copyOf(problems);
        dangers = List.copyOf(dangers);
    }

    public boolean isAcceptable() {
        return problems.isEmpty();
    }
}
