package org.storysign.plugins.rest.plugins;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.permission.DangerousCombination;
import org.storysign.plugins.plugin.PackageCheck;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.ModuleShape;

/**
 * What an installation would say.
 *
 * @param valid whether it would be installed
 * @param problems why not; empty when it would
 * @param findings what the scan saw
 * @param module the module's shape, when the scan accepted it
 * @param warnings combinations of permissions to know of
 */
public record PackageCheckView(
        boolean valid,
        List<CheckProblemView> problems,
        List<FindingView> findings,
        @Nullable ModuleView module,
        List<String> warnings) {

    static PackageCheckView of(PackageCheck check) {
        return new PackageCheckView(
                check.isAcceptable(),
                check.problems().stream().map(CheckProblemView::of).toList(),
                check.scan().map(FindingView::of).orElse(List.of()),
                check.module().map(ModuleView::of).orElse(null),
                check.dangers().stream().map(DangerousCombination::warning).toList());
    }

    /** One reason to refuse, as the problem that an installation would answer. */
    public record CheckProblemView(
            String code, String title, String detail, Map<String, Object> facts, List<Violation> errors) {

        static CheckProblemView of(ProblemException problem) {
            Map<String, Object> facts = problem.facts().entrySet().stream()
                    .collect(Collectors.toMap(
                            (Map.Entry<FactKey, Object> fact) -> fact.getKey().key(), Map.Entry::getValue));
            return new CheckProblemView(
                    problem.code().code(), problem.code().title(), problem.detail(), facts, problem.violations());
        }
    }

    /** A module as others see it: functions it imports and exports with their types. */
    public record ModuleView(List<String> imports, Map<String, String> exports, int functions, boolean hasStart) {

        static ModuleView of(ModuleShape shape) {
            return new ModuleView(
                    shape.imports().stream()
                            .map(ImportedFunction::qualifiedName)
                            .toList(),
                    shape.exports().entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    export -> export.getValue().toString())),
                    shape.functions(),
                    shape.hasStart());
        }
    }
}
