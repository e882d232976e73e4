package org.storysign.plugins.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * {@code poll_oneoff} for the clock only: waits until the first of the times a guest names. That is wait time, and all sleeps of a
 * call together last no longer than it may run; a guest that wants to sleep past either limit is stopped at once. Subscriptions to
 * descriptors are answered at once with an error. Source: contract, section 10.
 */
final class ClockPoll implements AbiFunction.Body {

    static final long NANOS_A_MILLISECOND = 1_000_000;

    /** More subscriptions than this are refused: there is nothing to wait for but a few times. */
    private static final int MOST = 64;

    private static final int SUBSCRIPTION = 48;
    private static final int EVENT = 32;
    private static final int ABSOLUTE = 1;

    /** How often a sleeping guest is asked whether it was cancelled. */
    private static final Duration STEP = Duration.ofMillis(20);

    private final InstantSource clock;

    ClockPoll(InstantSource clock) {
        this.clock = clock;
    }

    /** One thing a guest waits for; not for a clock: {@code errno} says so, and nothing is waited for. */
    private record Subscription(long userData, byte tag, int errno, Duration in) {

        ByteBuffer event() {
            return ByteBuffer.allocate(EVENT)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, userData)
                    .putShort(8, (short) errno)
                    .put(10, tag);
        }
    }

    @Override
    public long run(HostCall call, KernelFrame frame, long[] args) {
        long count = WasiSubset.pointer(args[2]);
        if (count < 1 || count > MOST) {
            return Errno.INVAL;
        }
        Subscription first = subscription(call, args[0], 0);
        for (int index = 1; index < count; index++) {
            Subscription next = subscription(call, args[0], index);
            if (next.in().compareTo(first.in()) < 0) {
                first = next;
            }
        }
        sleep(call, frame, first.in());
        call.memory().write(WasiSubset.pointer(args[1]), first.event().array());
        WasiSubset.writeInt(call, args[3], 1);
        return Errno.SUCCESS;
    }

    private Subscription subscription(HostCall call, long list, int index) {
        call.charge(FuelPrice.ACCESS);
        ByteBuffer bytes = ByteBuffer.wrap(
                        call.memory().read(WasiSubset.pointer(list) + (long) index * SUBSCRIPTION, SUBSCRIPTION))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte tag = bytes.get(8);
        if (tag != 0 || !WasiSubset.isOffered(bytes.getInt(16))) {
            return new Subscription(bytes.getLong(0), tag, tag == 0 ? Errno.INVAL : Errno.NOTSUP, Duration.ZERO);
        }
        boolean absolute = (bytes.getShort(40) & ABSOLUTE) != 0;
        return new Subscription(bytes.getLong(0), tag, Errno.SUCCESS, until(bytes.getLong(24), absolute));
    }

    private Duration until(long nanos, boolean absolute) {
        long millis = Long.divideUnsigned(nanos, NANOS_A_MILLISECOND);
        return Duration.ofMillis(absolute ? Math.max(0, millis - clock.millis()) : millis);
    }

    private static void sleep(HostCall call, KernelFrame frame, Duration time) {
        Duration mayRun = call.limits().runTime().minus(frame.slept());
        if (time.compareTo(mayRun) > 0 && mayRun.compareTo(call.waitTimeLeft()) < 0) {
            throw new TrapException(new Trap.RunTimeExceeded(call.limits().runTime()));
        }
        if (time.compareTo(call.waitTimeLeft()) > 0) {
            waiting(call, () -> {
                throw new TimeoutException();
            });
        }
        frame.sleep(time);
        for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
            Duration step = left.compareTo(STEP) < 0 ? left : STEP;
            waiting(call, () -> {
                Thread.sleep(step);
                return true;
            });
        }
    }

    private static void waiting(HostCall call, java.util.concurrent.Callable<Boolean> work) {
        try {
            call.waiting(work);
        } catch (RuntimeException stopped) {
            throw stopped;
        } catch (Exception interrupted) {
            throw new IllegalStateException("guest threads are not interrupted", interrupted);
        }
    }
}
