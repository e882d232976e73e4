package org.storysign.plugins.wasm.scan;

import java.util.List;

/** Everything the scan saw, in the order of the rules. */
public record ScanReport(List<Finding> findings) {

    public ScanReport {
        findings = List.copyOf(findings);
    }

    public boolean isRejected() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.REJECTED);
    }

    public List<Finding> rejections() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.REJECTED)
                .toList();
    }
}
