package org.storysign.plugins.plugin.source;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemException;

/**
 * Port: keeps operations. One that has not ended belongs to the process whose lease it has; once the lease has passed it counts as
 * failed by {@code operation-interrupted}, and nothing its process does later changes that. Fails with {@code ProblemException} {@code
 * database-unavailable}.
 */
public interface OperationStore {

    /** @param owner a process at work; @param length from now on */
    record Lease(String owner, Duration length) {}

    /** Keeps a new one, which waits. */
    Uni<Void> begin(TenantId tenant, OperationId id, Begun begun, Lease lease);

    /** Where it is from and who wants it, as people read it. */
    record Begun(String source, String startedBy) {}

    /** Keeps how far it is and renews the lease; false when it is not this owner's any more. */
    Uni<Boolean> renew(TenantId tenant, OperationId id, Operation.Progress progress, Lease lease);

    /** Ends it; false when it is not this owner's any more. */
    Uni<Boolean> succeed(
            TenantId tenant, OperationId id, Operation.Progress progress, Operation.Result result, String owner);

    /** Ends it; false when it is not this owner's any more. */
    Uni<Boolean> fail(
            TenantId tenant, OperationId id, Operation.Progress progress, ProblemException problem, String owner);

    Uni<Optional<Operation>> find(TenantId tenant, OperationId id);
}
