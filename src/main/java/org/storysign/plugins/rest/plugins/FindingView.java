package org.storysign.plugins.rest.plugins;

import java.util.List;
import java.util.Locale;
import org.storysign.plugins.wasm.scan.Finding;
import org.storysign.plugins.wasm.scan.ScanReport;

/** One thing the scan saw. */
public record FindingView(String rule, String severity, String where, String message) {

    static List<FindingView> of(ScanReport report) {
        return report.findings().stream().map(FindingView::of).toList();
    }

    private static FindingView of(Finding finding) {
        return new FindingView(
                finding.rule(), finding.severity().name().toLowerCase(Locale.ROOT), finding.where(), finding.message());
    }
}
