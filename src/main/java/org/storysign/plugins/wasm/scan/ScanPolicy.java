package org.storysign.plugins.wasm.scan;

import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;

/**
 * What the scan holds a module against.
 *
 * @param code size, functions and table entries it may have
 * @param memory the budget of one call; what the module needs at its start must fit
 */
public record ScanPolicy(CodeLimits code, MemorySize memory) {

    public static ScanPolicy of(SecurityLevel level) {
        return new ScanPolicy(level.code(), level.limits().memory());
    }
}
