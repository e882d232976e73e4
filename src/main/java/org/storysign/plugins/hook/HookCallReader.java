package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.HookName;

/** Reads the body of POST /hooks/{hook_name}. */
public final class HookCallReader {

    /** Fails with {@code ProblemException} {@code request-invalid} and every violation. */
    public HookCall read(TenantId tenant, HookName hook, ObjectNode body) {
        throw new IllegalStateException("not built");
    }
}
