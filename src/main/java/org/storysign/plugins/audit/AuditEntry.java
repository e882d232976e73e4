package org.storysign.plugins.audit;

import java.util.Map;
import org.storysign.plugins.identity.Actor;

/**
 * One change, as the audit trail keeps it. It is written in the transaction of the change itself: no change without its entry,
 * no entry without its change. The store adds the tenant's sequence number, the time and the hash of the entry before.
 *
 * @param actor who did it
 * @param action what, such as {@code plugin.install}
 * @param subject to what, such as {@code plugin:profanity-filter}
 * @param facts what changed: strings, numbers, booleans, lists or maps of these; never secrets or payloads
 */
public record AuditEntry(Actor actor, AuditAction action, String subject, Map<String, Object> facts) {

    public AuditEntry {
        facts = Map.copyOf(facts);
    }
}
