package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.limits.Limits;

/** What a host function may know of the call it serves, and what it must pay. Valid while the call runs, on its thread. */
public interface HostCall {

    /** For whom the guest runs. */
    CallContext context();

    Limits limits();

    GuestMemory memory();

    /** What the calling convention keeps for this call, such as the kernel's memory. */
    CallFrame frame();

    /** How often this call has told {@code kind}, this time included: what a guest may do so often is counted here. */
    int tally(Enum<?> kind);

    /** Charges the guest for work done on its behalf; throws {@link TrapException} when its fuel is gone. */
    void charge(long fuel);

    /** Keeps a line of guest text in the call's log; what is over the log's limit is dropped, with a line that says so. */
    void log(LogLine.Level level, String text);

    /**
     * Runs something that waits for the outside. Meanwhile the guest's processor permit is given back, the time counts as wait
     * time, not as run time. {@code work} must itself end by {@link #waitTimeLeft}; when it took longer, or throws
     * {@link java.util.concurrent.TimeoutException}, the guest is stopped with {@link Trap.WaitTimeExceeded}.
     */
    <T> T waiting(Callable<T> work) throws Exception;

    /** How much longer this call's host functions may wait. */
    Duration waitTimeLeft();
}
