package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import org.storysign.plugins.audit.AuditEntry;

/** Port: the audit trail of what was refused and so changed nothing. Fails with {@code ProblemException} {@code database-unavailable}. */
@FunctionalInterface
public interface RefusalLog {

    Uni<Void> record(AuditEntry refusal);
}
