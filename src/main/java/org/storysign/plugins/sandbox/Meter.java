package org.storysign.plugins.sandbox;

import org.jspecify.annotations.Nullable;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;

/**
 * Fuel, depth, run time and cancel of one call. A guest pays for its steps out of a slice; when that is used up it asks for the
 * next one here, and that is where it is stopped or has to let others run. What is counted does not depend on the size of the
 * slices, so a call costs the same on every engine. Used by the guest's thread.
 */
public final class Meter {

    private final Limits limits;
    private final CallClock clock;
    private final Cancellation cancellation;
    private final Processors processors;

    private @Nullable FuelCell cell;
    private long issued;
    private long stoppedAt = -1;
    private boolean depthArmed;

    Meter(Limits limits, CallClock clock, Cancellation cancellation, Processors processors) {
        this.limits = limits;
        this.clock = clock;
        this.cancellation = cancellation;
        this.processors = processors;
    }

    /** Says where the running copy keeps its slice. To be called once, before the copy runs. */
    public void attach(FuelCell fuelCell) {
        if (cell != null) {
            throw new IllegalStateException("a call has one running copy");
        }
        cell = fuelCell;
    }

    /**
     * Gives the next slice. Throws {@link TrapException}: {@link Trap.OutOfFuel} when the guest owes more than its limit leaves,
     * {@link Trap.Cancelled}, {@link Trap.RunTimeExceeded}. Others who wait for a processor get this one first.
     *
     * @param left what is left of the slice before; below 0 when the guest has charged more than it had
     * @param slice how many units to give, fewer when the limit leaves fewer
     * @return the new content of the guest's cell: what it owed is counted, not taken off
     */
    public long refill(long left, long slice) {
        long used = issued - left;
        stoppedAt = used;
        requireFuel(used);
        stopIfAsked();
        clock.stopRunning();
        processors.handOver();
        clock.startRunning();
        stopIfAsked();
        stoppedAt = -1;
        long next = Math.min(slice, limits.fuel().units() - used);
        issued = used + next;
        return next;
    }

    /**
     * Arms the guest's depth counter on its first use.
     *
     * @param left the counter when it fell below 0; before it is armed that is 0 minus the first function's weight
     * @return what is left of the call depth now
     * @throws TrapException {@link Trap.StackExhausted} when it was armed before or the first function is too heavy
     */
    public long descend(long left) {
        long armed = limits.callDepth() + left;
        if (depthArmed || armed < 0) {
            throw new TrapException(new Trap.StackExhausted(limits.callDepth()));
        }
        depthArmed = true;
        return armed;
    }

    /** Takes fuel from the guest for work done on its behalf. Throws {@link TrapException} with {@link Trap.OutOfFuel}. */
    void charge(long units) {
        if (units < 0) {
            throw new IllegalArgumentException("charges " + units + " units");
        }
        if (cell == null) {
            throw new IllegalStateException("nothing runs that could pay");
        }
        long left = cell.left() - units;
        cell.setLeft(left);
        requireFuel(issued - left);
    }

    /** The last look: what the guest has charged since its last slice must be within the limit too. */
    void finish() {
        requireFuel(used());
    }

    /** Throws when somebody cancelled the call, or its run time is over. */
    void stopIfAsked() {
        cancellation.reason().ifPresent(reason -> {
            throw new TrapException(new Trap.Cancelled(reason));
        });
        if (clock.runTime().compareTo(limits.runTime()) > 0) {
            throw new TrapException(new Trap.RunTimeExceeded(limits.runTime()));
        }
    }

    /** What the call has used; at most its limit. */
    Fuel fuel() {
        return new Fuel(Math.min(used(), limits.fuel().units()));
    }

    private long used() {
        if (stoppedAt >= 0) {
            return stoppedAt;
        }
        return cell == null ? 0 : issued - cell.left();
    }

    private void requireFuel(long used) {
        if (used > limits.fuel().units()) {
            throw new TrapException(new Trap.OutOfFuel(limits.fuel()));
        }
    }
}
