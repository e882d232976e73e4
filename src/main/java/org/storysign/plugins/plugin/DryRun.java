package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Optional;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.scan.ScanReport;

/**
 * What a change would do, without doing it.
 *
 * @param problems why it would be refused; empty when it would not
 * @param scan what the scan saw of a package that is brought
 * @param offer what an operator would be asked to agree to; empty when that cannot be told
 * @param dependencies what would have to be enabled before; empty when that cannot be told
 */
public record DryRun(
        List<ProblemException> problems,
        Optional<ScanReport> scan,
        Optional<ConsentSheet> offer,
        Optional<DependencyPlan> dependencies) {

    public DryRun {
        problems = List.copyOf(problems);
    }

    /** Whether it would be done. */
    public boolean isPossible() {
        return problems.isEmpty();
    }
}
