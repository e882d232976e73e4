package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * What one call, or one instance that is kept, holds of the {@link MemoryReserve}. Used by one thread at a time.
 */
final class MemoryShare {

    /** What is taken and given back at a time: less would ask the reserve at each page of the kernel. */
    static final long STEP = 64 << 10;

    private static final long LEAST_GIVEN_BACK = 1 << 20;

    private final MemoryReserve reserve;
    private final BooleanSupplier makeRoom;
    private final MemoryHabit habit;
    private long held;
    private long least;
    private long most;

    /**
     * @param makeRoom has somebody else give back what can be done without; false when there is nobody
     * @param habit what to expect, and whom to tell what became of it
     */
    MemoryShare(MemoryReserve reserve, BooleanSupplier makeRoom, MemoryHabit habit) {
        this.reserve = reserve;
        this.makeRoom = makeRoom;
        this.habit = habit;
    }

    /** Of calls that share with nobody. */
    static MemoryShare ofItsOwn() {
        return new MemoryShare(
                new MemoryReserve(new MemorySize(Long.MAX_VALUE / 2), Duration.ZERO), () -> false, new MemoryHabit());
    }

    /** Takes what a call starts with, or is likely to come to. Throws {@code ProblemException} {@code overloaded}. */
    void start(long bytes) {
        long wanted = wanted(bytes);
        if (!taken(wanted) && !reserve.takeSoon(wanted)) {
            throw notStarted(wanted);
        }
        held += wanted;
        least = held;
    }

    /** As {@link #start}, on what is held already; false when the rest is not free now: nobody waits while he holds something. */
    boolean startAgain(long bytes) {
        long wanted = wanted(bytes);
        if (wanted > held) {
            if (!taken(wanted - held)) {
                return false;
            }
            held = wanted;
        }
        least = held;
        return true;
    }

    /** Takes nothing; throws as {@link #start} where that would hardly succeed. */
    void requireChance(long bytes) {
        long wanted = wanted(bytes);
        if (!reserve.hasChance(wanted)) {
            throw notStarted(wanted);
        }
    }

    private long wanted(long bytes) {
        return steps(Math.max(bytes, Math.min(habit.bytes(), reserve.most())));
    }

    private ProblemException notStarted(long wanted) {
        habit.learn(0);
        return refusal(wanted);
    }

    /** Holds so many bytes from now on. Throws {@code ProblemException} {@code overloaded}, and holds what it held. */
    void hold(long bytes) {
        most = Math.max(most, bytes);
        if (bytes > held) {
            long more = steps(bytes - held);
            if (!taken(more)) {
                throw refusal(more);
            }
            held += more;
        } else if (held - Math.max(bytes, least) > LEAST_GIVEN_BACK) {
            giveBack(held - steps(Math.max(bytes, least)));
        }
    }

    /** Between two calls: holds so many bytes and expects nothing. */
    void rest(long bytes) {
        habit.learn(most);
        least = 0;
        hold(bytes);
        most = bytes;
    }

    /** Holds nothing any more. */
    void release() {
        habit.learn(most);
        giveBack(held);
    }

    /** Of a heap that is full although the reserve was not, too. */
    ProblemException refusal(long more) {
        return Admission.refusal(
                ProblemCode.OVERLOADED,
                "the call holds " + new MemorySize(held) + " and needs " + new MemorySize(more) + " more of the "
                        + reserve.size() + " that all plugin calls share, " + reserve.free() + " are free",
                reserve.size().bytes());
    }

    private boolean taken(long more) {
        while (!reserve.takeNow(held, more)) {
            if (!makeRoom.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    private void giveBack(long bytes) {
        held -= bytes;
        reserve.giveBack(bytes);
    }

    private static long steps(long bytes) {
        return (bytes + STEP - 1) / STEP * STEP;
    }
}
