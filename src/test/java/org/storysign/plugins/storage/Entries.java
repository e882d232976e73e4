package org.storysign.plugins.storage;

import java.util.Map;
import java.util.Set;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;

/** Audit entries of tests. */
final class Entries {

    private Entries() {}

    static AuditEntry of(TenantId tenant, AuditAction action, String subject) {
        Actor actor = new Actor("key:test", tenant, Set.of(Role.ADMIN));
        return new AuditEntry(actor, action, subject, Map.of("n", 1, "text", "a\0b"));
    }
}
