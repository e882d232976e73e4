package org.storysign.plugins.worker;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.Trap;

/**
 * One call in a worker as the service sees it: how long it has been the worker's turn, and whether the worker is to be killed.
 * Written by the thread that makes the call, looked at by {@link WorkerWatch}.
 */
final class CallWatch {

    private final CallRequest request;
    private final Duration grace;
    private long workedNanos;
    private long since;
    private boolean isWorkersTurn;
    private @Nullable Trap verdict;

    CallWatch(CallRequest request, Duration grace) {
        this.request = request;
        this.grace = grace;
    }

    /** The worker runs the guest from now on. */
    synchronized void workersTurn() {
        since = System.nanoTime();
        isWorkersTurn = true;
    }

    /** The service answers a question, or the call is over. */
    synchronized void ownTurn() {
        workedNanos += System.nanoTime() - since;
        isWorkersTurn = false;
    }

    synchronized Duration worked() {
        return Duration.ofNanos(workedNanos + (isWorkersTurn ? System.nanoTime() - since : 0));
    }

    /** Why the worker has to be killed now, if it has to. */
    synchronized Optional<Trap> look() {
        if (verdict == null && request.cancellation().isCancelled()) {
            verdict = new Trap.Cancelled(request.cancellation().reason().orElse(""));
        } else if (verdict == null
                && isWorkersTurn
                && worked().compareTo(request.limits().runTime().plus(grace)) > 0) {
            verdict = new Trap.RunTimeExceeded(request.limits().runTime());
        }
        return verdict();
    }

    /** Why it was killed. */
    synchronized Optional<Trap> verdict() {
        return Optional.ofNullable(verdict);
    }
}
