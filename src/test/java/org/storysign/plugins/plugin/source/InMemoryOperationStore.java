package org.storysign.plugins.plugin.source;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Operations in memory. Safe for concurrent use. */
final class InMemoryOperationStore implements OperationStore {

    private record Key(TenantId tenant, OperationId id) {}

    private record Kept(Operation operation, String owner, Instant leaseEnds) {}

    private final Clock clock;
    private final Map<Key, Kept> operations = new HashMap<>();

    InMemoryOperationStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Void> begin(TenantId tenant, OperationId id, Begun begun, Lease lease) {
        return done(() -> {
            Instant now = clock.instant();
            Operation operation = new Operation(
                    id,
                    begun.source(),
                    begun.startedBy(),
                    Operation.State.PENDING,
                    Operation.Progress.NOTHING,
                    Optional.empty(),
                    Optional.empty(),
                    now,
                    now,
                    Optional.empty());
            operations.put(new Key(tenant, id), new Kept(operation, lease.owner(), now.plus(lease.length())));
            return null;
        });
    }

    @Override
    public Uni<Boolean> renew(TenantId tenant, OperationId id, Operation.Progress progress, Lease lease) {
        return change(
                tenant,
                id,
                lease.owner(),
                kept -> new Kept(
                        changed(
                                kept.operation(),
                                progress.phase() == Operation.Phase.WAITING
                                        ? Operation.State.PENDING
                                        : Operation.State.RUNNING,
                                progress,
                                Optional.empty(),
                                Optional.empty()),
                        lease.owner(),
                        clock.instant().plus(lease.length())));
    }

    @Override
    public Uni<Boolean> succeed(
            TenantId tenant, OperationId id, Operation.Progress progress, Operation.Result result, String owner) {
        return change(
                tenant,
                id,
                owner,
                kept -> new Kept(
                        changed(
                                kept.operation(),
                                Operation.State.SUCCEEDED,
                                progress,
                                Optional.of(result),
                                Optional.empty()),
                        owner,
                        kept.leaseEnds()));
    }

    @Override
    public Uni<Boolean> fail(
            TenantId tenant, OperationId id, Operation.Progress progress, ProblemException problem, String owner) {
        return change(
                tenant,
                id,
                owner,
                kept -> new Kept(
                        changed(
                                kept.operation(),
                                Operation.State.FAILED,
                                progress,
                                Optional.empty(),
                                Optional.of(problem)),
                        owner,
                        kept.leaseEnds()));
    }

    @Override
    public Uni<Optional<Operation>> find(TenantId tenant, OperationId id) {
        return done(() -> {
            Key key = new Key(tenant, id);
            operations.computeIfPresent(
                    key,
                    (_, kept) -> isOpen(kept) || kept.operation().state().isEnd()
                            ? kept
                            : new Kept(
                                    changed(
                                            kept.operation(),
                                            Operation.State.FAILED,
                                            kept.operation().progress(),
                                            Optional.empty(),
                                            Optional.of(
                                                    new ProblemException(ProblemCode.OPERATION_INTERRUPTED, "ended"))),
                                    kept.owner(),
                                    kept.leaseEnds()));
            return Optional.ofNullable(operations.get(key)).map(Kept::operation);
        });
    }

    private Uni<Boolean> change(TenantId tenant, OperationId id, String owner, Function<Kept, Kept> change) {
        return done(() -> {
            Key key = new Key(tenant, id);
            Kept kept = operations.get(key);
            if (kept == null || !kept.owner().equals(owner) || !isOpen(kept)) {
                return false;
            }
            operations.put(key, change.apply(kept));
            return true;
        });
    }

    private boolean isOpen(Kept kept) {
        return !kept.operation().state().isEnd() && clock.instant().isBefore(kept.leaseEnds());
    }

    private Operation changed(
            Operation before,
            Operation.State state,
            Operation.Progress progress,
            Optional<Operation.Result> result,
            Optional<ProblemException> problem) {
        Instant now = clock.instant();
        Operation.Progress shown = state.isEnd()
                ? new Operation.Progress(
                        Operation.Phase.FINISHED, progress.bytesDone(), progress.bytesTotal(), progress.resolved())
                : progress;
        return new Operation(
                before.id(),
                before.source(),
                before.startedBy(),
                state,
                shown,
                result,
                problem,
                before.createdAt(),
                now,
                state.isEnd() ? Optional.of(now) : Optional.empty());
    }

    private <T> Uni<T> done(java.util.function.Supplier<T> work) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                return work.get();
            }
        });
    }
}
