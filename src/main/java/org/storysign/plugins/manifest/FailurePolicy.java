package org.storysign.plugins.manifest;

import java.util.Locale;
import java.util.Optional;

/** What a failing handler does to the hook's call. */
public enum FailurePolicy {
    /** It is skipped; the call goes on. */
    OPEN,
    /** It fails the call. */
    CLOSED;

    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FailurePolicy> parse(String text) {
        for (FailurePolicy policy : values()) {
            if (policy.publicName().equals(text)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
