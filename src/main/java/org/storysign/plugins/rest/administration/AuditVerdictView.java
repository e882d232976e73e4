package org.storysign.plugins.rest.administration;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.security.AuditVerdict;

/**
 * What became of verifying the trail.
 *
 * @param intact whether nothing was found wrong
 * @param entries how many entries there are
 * @param firstBreak the number of the first entry that does not fit the one before it; null when all do
 */
public record AuditVerdictView(
        boolean intact, long entries, @Nullable Long firstBreak, List<CheckpointFindingView> checkpoints) {

    static AuditVerdictView of(AuditVerdict verdict) {
        return new AuditVerdictView(
                verdict.isIntact(),
                verdict.entries(),
                verdict.firstBreak().orElse(null),
                verdict.checkpoints().stream()
                        .map(finding -> new CheckpointFindingView(
                                finding.sequence(), finding.agreement().publicName()))
                        .toList());
    }

    /**
     * A checkpoint against the trail.
     *
     * @param result {@code agrees}, {@code entry-missing}, {@code differs}, {@code not-signed} or {@code other-tenant}
     */
    public record CheckpointFindingView(long sequence, String result) {}
}
