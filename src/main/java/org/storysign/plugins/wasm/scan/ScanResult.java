package org.storysign.plugins.wasm.scan;

import java.util.List;
import java.util.Map;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** What became of a scan. */
public sealed interface ScanResult {

    ScanReport report();

    /** The module, or the {@link ProblemException} {@code module-rejected} with every rejecting finding. */
    ScannedModule orThrow();

    /** No rule rejected the module. */
    record Accepted(ScannedModule module) implements ScanResult {
        @Override
        public ScanReport report() {
            return module.report();
        }

        @Override
        public ScannedModule orThrow() {
            return module;
        }
    }

    /** At least one rule rejected it. */
    record Rejected(ScanReport report) implements ScanResult {

        @Override
        public ScannedModule orThrow() {
            List<Finding> rejections = report.rejections();
            Finding first = rejections.getFirst();
            String others = rejections.size() == 1 ? "" : " (and " + (rejections.size() - 1) + " more)";
            throw new ProblemException(
                    ProblemCode.MODULE_REJECTED,
                    first.where() + ": " + first.message() + others,
                    Map.of(
                            FactKey.FINDINGS,
                            rejections.stream().map(Rejected::fact).toList()));
        }

        private static Map<String, String> fact(Finding finding) {
            return Map.of("rule", finding.rule(), "where", finding.where(), "message", finding.message());
        }
    }
}
