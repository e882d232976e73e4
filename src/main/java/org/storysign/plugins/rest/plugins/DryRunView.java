package org.storysign.plugins.rest.plugins;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.ConsentSheet;
import org.storysign.plugins.plugin.DependencyPlan;
import org.storysign.plugins.plugin.DryRun;
import org.storysign.plugins.rest.plugins.PackageCheckView.CheckProblemView;

/**
 * What a change would do, without doing it.
 *
 * @param possible whether it would be done
 * @param problems why not, each as the problem that would be answered
 * @param findings what the scan saw of a package that is brought
 * @param offer what an operator would be asked to agree to; null when that cannot be told
 * @param dependencies what would have to be enabled before; null when that cannot be told
 */
public record DryRunView(
        boolean possible,
        List<CheckProblemView> problems,
        List<FindingView> findings,
        @Nullable ConsentSheet offer,
        @Nullable DependencyPlan dependencies) {

    static DryRunView of(DryRun run) {
        return new DryRunView(
                run.isPossible(),
                run.problems().stream().map(CheckProblemView::of).toList(),
                run.scan().map(FindingView::of).orElse(List.of()),
                run.offer().orElse(null),
                run.dependencies().orElse(null));
    }
}
