package org.storysign.plugins.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.manifest.HookSubscription;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.DangerousCombination;
import org.storysign.plugins.plugin.PackageCheck;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.wasm.scan.Finding;
import org.storysign.plugins.wasm.scan.Severity;

/** Tells a person what was found, and what to change. */
record PackageReport(PrintStream out) {

    void print(PackageCheck check) {
        check.manifest().ifPresent(this::describe);
        check.problems().forEach(this::refusal);
        check.scan().stream()
                .flatMap(scan -> scan.findings().stream())
                .filter(finding -> finding.severity() != Severity.REJECTED)
                .forEach(this::finding);
        check.dangers().stream()
                .map(DangerousCombination::warning)
                .forEach(warning -> out.println("warning: the plugin " + warning + "."));
        int count = check.problems().size();
        out.println(count == 0 ? "The package is good to install." : count == 1 ? "1 problem." : count + " problems.");
    }

    private void describe(PluginManifest manifest) {
        out.println(manifest.id() + " " + manifest.version() + ", "
                + GuestText.quote(manifest.about().name()));
        List<String> hooks = manifest.hooks().stream().map(PackageReport::hook).toList();
        if (!hooks.isEmpty()) {
            out.println("  hooks        " + String.join(", ", hooks));
        }
        if (!manifest.permissions().isEmpty()) {
            out.println("  permissions  "
                    + String.join(
                            ", ",
                            manifest.permissions().stream()
                                    .map(permission -> permission.name().publicName())
                                    .toList()));
        }
    }

    private static String hook(HookSubscription hook) {
        return hook.hook() + " (" + hook.type().publicName() + ", " + hook.handler() + ")";
    }

    /** One reason to refuse: the code, what is wrong, and each place. */
    void refusal(ProblemException problem) {
        out.println("problem: " + problem.code().code() + ": " + problem.code().title());
        if (problem.violations().isEmpty()) {
            List<String> findings = findings(problem);
            out.println("  " + (findings.isEmpty() ? problem.detail() : String.join("\n  ", findings)));
        }
        for (Violation violation : problem.violations()) {
            String place = violation.pointer().isEmpty() ? "the document" : violation.pointer();
            out.println("  " + GuestText.quote(place) + " " + violation.detail());
        }
    }

    /** The scan's rejecting findings, all of which a module must lose. */
    private static List<String> findings(ProblemException problem) {
        return problem.facts().get(FactKey.FINDINGS) instanceof List<?> found
                ? found.stream()
                        .flatMap(finding -> finding instanceof Map<?, ?> facts
                                ? Optional.of(facts.get("where") + ": " + facts.get("message") + " ["
                                                + facts.get("rule") + "]")
                                        .stream()
                                : Optional.<String>empty().stream())
                        .toList()
                : List.of();
    }

    private void finding(Finding finding) {
        out.println(finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.where() + ": "
                + finding.message() + " [" + finding.rule() + "]");
    }
}
