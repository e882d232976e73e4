package org.storysign.plugins.manifest;

import java.util.Optional;
import org.storysign.plugins.limits.SecurityLevel;

/** How a plugin wants to be run: a level (it may only ask for a stricter one than the tenant's) and whether its instances are kept. */
public record SandboxConfig(Optional<SecurityLevel> level, InstancePolicy instance) {

    public static final SandboxConfig DEFAULT = new SandboxConfig(Optional.empty(), InstancePolicy.FRESH);

    /** How long an instance lives. */
    public enum InstancePolicy {
        /** One call. */
        FRESH,
        /** Many calls of the same plugin; must be granted. */
        POOLED
    }
}
