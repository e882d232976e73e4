package org.storysign.plugins.storage;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.platform.Denials;

/** Writes what plugins were denied into the audit trail: once a minute and at the end, one entry for each plugin, function and code. */
@Singleton
public final class DenialAudit {

    private static final Logger LOG = Logger.getLogger(DenialAudit.class);
    private static final Duration AT_THE_END = Duration.ofSeconds(5);

    private final Denials denials;
    private final TenantTransactions transactions;

    @Inject
    DenialAudit(Denials denials, TenantTransactions transactions) {
        this.denials = denials;
        this.transactions = transactions;
    }

    /** What could not be written waits for the next time. */
    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        return Multi.createFrom()
                .iterable(denials.drain())
                .onItem()
                .transformToUniAndConcatenate(this::write)
                .collect()
                .last()
                .replaceWithVoid();
    }

    void close(@Observes ShutdownEvent end) {
        write().await().atMost(AT_THE_END);
    }

    private Uni<Void> write(Denials.Denial denial) {
        Actor actor = new Actor("plugin:" + denial.plugin(), denial.tenant(), Set.of());
        AuditEntry entry = new AuditEntry(
                actor,
                AuditAction.PLATFORM_DENIED,
                "plugin:" + denial.plugin(),
                Map.of(
                        "function",
                        denial.function(),
                        "code",
                        denial.code().code(),
                        "count",
                        denial.count(),
                        "first",
                        denial.first().toString(),
                        "last",
                        denial.last().toString()));
        return transactions
                .<Boolean>change(denial.tenant(), () -> Uni.createFrom().item(new Change.OfRecords<>(true, entry)))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "denials of %s are not in the audit trail yet: %s", entry.subject(), failure.getMessage());
                    denials.giveBack(denial);
                    return false;
                })
                .replaceWithVoid();
    }
}
