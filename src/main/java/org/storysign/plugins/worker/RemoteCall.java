package org.storysign.plugins.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.sandbox.CallFrame;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.GuestMemory;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.TrapException;

/**
 * A call whose guest runs in a worker, as functions of the platform see it. They take bytes and give bytes; the guest's memory,
 * fuel and log are in the worker and cannot be reached from here.
 */
final class RemoteCall implements HostCall {

    private final CallRequest request;
    private final Map<Enum<?>, Integer> tallies = new HashMap<>();
    private long waitedNanos;

    RemoteCall(CallRequest request) {
        this.request = request;
    }

    Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    @Override
    public CallContext context() {
        return request.context();
    }

    @Override
    public Limits limits() {
        return request.limits();
    }

    @Override
    public GuestMemory memory() {
        throw outOfReach();
    }

    @Override
    public CallFrame frame() {
        throw outOfReach();
    }

    @Override
    public void charge(long fuel) {
        throw outOfReach();
    }

    @Override
    public void log(LogLine.Level level, String text) {
        throw outOfReach();
    }

    private static UnsupportedOperationException outOfReach() {
        return new UnsupportedOperationException("the guest is in another process");
    }

    @Override
    public int tally(Enum<?> kind) {
        return tallies.merge(kind, 1, Integer::sum);
    }

    @Override
    public <T> T waiting(Callable<T> work) throws Exception {
        if (isStopped()) {
            throw new TrapException(HostSide.waitedTooLong(request));
        }
        long since = System.nanoTime();
        try {
            return work.call();
        } catch (TimeoutException late) {
            throw new TrapException(HostSide.waitedTooLong(request));
        } finally {
            waitedNanos += System.nanoTime() - since;
        }
    }

    private boolean isStopped() {
        return waitTimeLeft().isZero();
    }

    @Override
    public Duration waitTimeLeft() {
        Duration left = limits().waitTime().minusNanos(waitedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
