package org.storysign.plugins.security;

import java.util.List;
import java.util.Optional;

/**
 * Whether a tenant's trail is what it was.
 *
 * @param entries how many there are
 * @param firstBreak the number of the first entry that does not fit the one before it
 * @param checkpoints what became of each checkpoint that was shown, in their order
 */
public record AuditVerdict(long entries, Optional<Long> firstBreak, List<Finding> checkpoints) {

    public AuditVerdict {
        checkpoints = List.copyOf(checkpoints);
    }

    /** Whether nothing was found wrong. */
    public boolean isIntact() {
        return firstBreak.isEmpty()
                && checkpoints.stream().allMatch(finding -> finding.agreement() == Agreement.AGREES);
    }

    /** What a checkpoint and the trail say of each other. */
    public record Finding(long sequence, Agreement agreement) {}

    /** Whether a checkpoint agrees with the trail. */
    public enum Agreement {
        AGREES("agrees"),
        /** The entry it names is not there any more: the end of the trail was taken away. */
        ENTRY_MISSING("entry-missing"),
        /** The entry it names has another hash: the trail was written anew. */
        DIFFERS("differs"),
        /** It is not signed by this service's key, or was changed. */
        NOT_SIGNED("not-signed"),
        OTHER_TENANT("other-tenant");

        private final String publicName;

        Agreement(String publicName) {
            this.publicName = publicName;
        }

        public String publicName() {
            return publicName;
        }
    }
}
