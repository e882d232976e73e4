package org.storysign.plugins.sandbox;

import org.jspecify.annotations.Nullable;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;

/**
 * Fuel, depth, run time and cancel of one call. A guest pays for its steps out of a slice; when that is used up it asks for the
 * next one here, and that is where it is stopped or has to let others run. What is counted does not depend on the size of the
 * slices, so a call costs the same on every engine: used so far = everything issued minus the guest's counter. Used by the
 * guest's thread.
 */
public final class Meter {

    private final Limits limits;
    private final CallClock clock;
    private final Cancellation cancellation;
    private final Processors.Seat seat;

    private @Nullable GuestCounters counters;
    private long issued;
    private long lastSlice = 1;
    private boolean depthArmed;

    Meter(Limits limits, CallClock clock, Cancellation cancellation, Processors.Seat seat) {
        this.limits = limits;
        this.clock = clock;
        this.cancellation = cancellation;
        this.seat = seat;
    }

    void attach(GuestCounters guestCounters) {
        if (counters != null) {
            throw new IllegalStateException("a call has one running copy");
        }
        counters = guestCounters;
    }

    /**
     * Gives the guest its next slice; others who wait for a processor go first. Throws {@link TrapException}:
     * {@link Trap.OutOfFuel} when the guest has charged more than its limit, {@link Trap.Cancelled}, {@link Trap.RunTimeExceeded}.
     *
     * @param slice how many units to give, 1 or more; fewer when the limit leaves fewer
     */
    public void refill(long slice) {
        long used = used();
        requireFuel(used);
        stopIfAsked();
        if (seat.isAwaited()) {
            clock.stopRunning();
            seat.handOver(clock.isBrief());
            clock.startRunning();
            stopIfAsked();
        }
        long next = Math.min(slice, limits.fuel().units() - used);
        issued = used + next;
        lastSlice = slice;
        attached().setFuel(next);
    }

    /**
     * Arms the guest's depth counter on its first use. Throws {@link TrapException} with {@link Trap.StackExhausted} when it was
     * armed before, or the first function alone is too heavy.
     */
    public void descend() {
        long left = limits.callDepth() + attached().depth();
        if (depthArmed || left < 0) {
            throw new TrapException(new Trap.StackExhausted(limits.callDepth()));
        }
        depthArmed = true;
        attached().setDepth(left);
    }

    /**
     * Takes fuel from the guest for work done on its behalf, and looks after it as {@link #refill} does when its slice is used up:
     * so a host function that charges for each of its steps can be stopped between them.
     */
    void charge(long units) {
        if (units < 0) {
            throw new IllegalArgumentException("charges " + units + " units");
        }
        long left = attached().fuel();
        if (units > limits.fuel().units() - (issued - left)) {
            attached().setFuel(issued - limits.fuel().units() - 1);
            throw outOfFuel();
        }
        attached().setFuel(left - units);
        if (left < units) {
            refill(lastSlice);
        }
    }

    /** The last look: what the guest has charged since its last slice must be within the limit too. */
    void finish() {
        requireFuel(used());
    }

    /** Throws when somebody cancelled the call, or its run time is over. */
    void stopIfAsked() {
        if (cancellation.isCancelled()) {
            throw new TrapException(new Trap.Cancelled(cancellation.reason().orElse("")));
        }
        if (clock.runTime().compareTo(limits.runTime()) > 0) {
            throw new TrapException(new Trap.RunTimeExceeded(limits.runTime()));
        }
    }

    /** What the call has used; at most its limit. */
    Fuel fuel() {
        return new Fuel(Math.min(used(), limits.fuel().units()));
    }

    private long used() {
        return counters == null ? 0 : issued - counters.fuel();
    }

    private void requireFuel(long used) {
        if (used > limits.fuel().units()) {
            throw outOfFuel();
        }
    }

    private TrapException outOfFuel() {
        return new TrapException(new Trap.OutOfFuel(limits.fuel()));
    }

    private GuestCounters attached() {
        if (counters == null) {
            throw new IllegalStateException("no running copy is attached");
        }
        return counters;
    }
}
