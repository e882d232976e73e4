package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.limits.Limits;

/** One call while it runs: what its host functions see, and what is counted of it. Used by the guest's thread. */
public final class GuestCall implements HostCall {

    private final CallRequest request;
    private final CallFrame frame;
    private final Processors.Seat seat;
    private final CallClock clock;
    private final Meter meter;
    private final CallLog log;
    private @Nullable GuestMemory memory;
    private GuestStack stack = GuestStack.NONE;
    private final Map<Enum<?>, Integer> tallies = new HashMap<>();
    private int hostCalls;

    GuestCall(CallRequest request, CallFrame frame, Processors.Seat seat, CallClock clock) {
        this.request = request;
        this.frame = frame;
        this.seat = seat;
        this.clock = clock;
        this.meter = new Meter(request.limits(), clock, request.cancellation(), seat);
        this.log = new CallLog(request.limits().log());
    }

    /** Says what the running copy consists of. To be called by the engine, once, before the copy runs. */
    public void attach(GuestCounters counters, GuestMemory guestMemory) {
        meter.attach(counters);
        memory = guestMemory;
    }

    /** Says where the guest was stopped. To be called by the engine, before the exception leaves it. */
    public void stoppedIn(GuestStack functions) {
        stack = functions;
    }

    GuestStack stack() {
        return stack;
    }

    public Meter meter() {
        return meter;
    }

    /**
     * The one way from a guest to a host function: counts the call. Throws {@link TrapException}, also with
     * {@link Trap.HostCallsExhausted}.
     */
    public long[] callHost(HostFunction function, long[] arguments) {
        if (function.counted()) {
            if (hostCalls == limits().hostCalls()) {
                throw new TrapException(new Trap.HostCallsExhausted(hostCalls));
            }
            hostCalls++;
        }
        return function.call(this, arguments);
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
        if (memory == null) {
            throw new IllegalStateException("no instance is attached");
        }
        return memory;
    }

    @Override
    public CallFrame frame() {
        return frame;
    }

    @Override
    public int tally(Enum<?> kind) {
        return tallies.merge(kind, 1, Integer::sum);
    }

    @Override
    public void charge(long fuel) {
        meter.charge(fuel);
    }

    @Override
    public void log(LogLine.Level level, String text) {
        log.add(level, text);
    }

    @Override
    public <T> T waiting(Callable<T> work) throws Exception {
        meter.stopIfAsked();
        if (waitTimeLeft().isZero()) {
            throw waitedTooLong();
        }
        T result = outsideOfTheProcessor(work);
        if (isWaitTimeOver()) {
            throw waitedTooLong();
        }
        meter.stopIfAsked();
        return result;
    }

    private <T> T outsideOfTheProcessor(Callable<T> work) throws Exception {
        clock.stopRunning();
        clock.startWaiting();
        seat.leave();
        try {
            return work.call();
        } catch (TimeoutException e) {
            throw waitedTooLong();
        } catch (TrapException e) {
            // What broke because time was up is named by its cause.
            throw isWaitTimeOver() ? waitedTooLong() : e;
        } finally {
            clock.stopWaiting();
            seat.enter(clock.isBrief());
            clock.startRunning();
        }
    }

    @Override
    public Duration waitTimeLeft() {
        Duration left = limits().waitTime().minus(clock.waitTime());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private boolean isWaitTimeOver() {
        return clock.waitTime().compareTo(limits().waitTime()) > 0;
    }

    Usage usage(MemoryBudget budget) {
        return new Usage(meter.fuel(), budget.peak(), clock.runTime(), clock.waitTime(), hostCalls);
    }

    CallLog kept() {
        return log;
    }

    private TrapException waitedTooLong() {
        return new TrapException(new Trap.WaitTimeExceeded(limits().waitTime()));
    }
}
