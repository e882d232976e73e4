package org.storysign.plugins.storage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.security.AuditCheckpoints;
import org.storysign.plugins.security.SignedCheckpoint;

/**
 * Says in the log, now and then, what each tenant's audit trail has come to: where logs are kept elsewhere, so is a witness that nobody
 * has to remember to ask for. A trail that has not grown is not told again by the same process.
 */
@Singleton
public final class AuditCheckpointLog {

    private static final System.Logger LOG = System.getLogger(AuditCheckpointLog.class.getName());

    private final CleanupSteps tenants;
    private final AuditCheckpoints checkpoints;
    private final Map<TenantId, Long> told = new ConcurrentHashMap<>();

    @Inject
    AuditCheckpointLog(CleanupSteps tenants, AuditCheckpoints checkpoints) {
        this.tenants = tenants;
        this.checkpoints = checkpoints;
    }

    @Scheduled(
            every = "${storysign.audit.checkpoint-interval}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return checkpoints.isAvailable()
                ? tenants.forEachTenant(
                        tenant -> checkpoints.now(tenant).invoke(this::tell).replaceWithVoid())
                : Uni.createFrom().voidItem();
    }

    void tell(SignedCheckpoint signed) {
        long sequence = signed.checkpoint().sequence();
        Long before = told.put(signed.checkpoint().tenant(), sequence);
        if (sequence > 0 && (before == null || before != sequence)) {
            LOG.log(System.Logger.Level.INFO, () -> "audit checkpoint " + signed.json());
        }
    }
}
