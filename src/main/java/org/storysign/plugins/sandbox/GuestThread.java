package org.storysign.plugins.sandbox;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** A thread with a stack that holds the deepest call any guest may make. */
final class GuestThread extends Thread {

    /**
     * Bytes of stack that one unit of call depth may take, on either engine. The weight of a function in those units grows with
     * its frame. Measured: decisions/003.
     */
    static final int STACK_BYTES_PER_DEPTH = 1536;

    /** Stack for what is below the guest's first frame and above its last: this sandbox, and host functions. */
    static final int STACK_MARGIN = 1 << 20;

    private boolean busy;

    private GuestThread(Runnable work, String name, long stackSize) {
        super(null, work, name, stackSize);
        setDaemon(true);
    }

    static ThreadFactory factory(int deepestCall) {
        AtomicLong number = new AtomicLong();
        long stackSize = (long) deepestCall * STACK_BYTES_PER_DEPTH + STACK_MARGIN;
        return work -> new GuestThread(work, "guest-" + number.incrementAndGet(), stackSize);
    }

    /** The current thread, which must be one of these and not be running a guest already: two do not fit on one stack. */
    static GuestThread current() {
        if (!(Thread.currentThread() instanceof GuestThread guest)) {
            throw new IllegalStateException("calls are made on guest threads only: use Sandbox.submit");
        }
        if (guest.busy) {
            throw new IllegalStateException("a call inside a call needs a submission of its own");
        }
        return guest;
    }

    void setBusy(boolean busy) {
        this.busy = busy;
    }
}
