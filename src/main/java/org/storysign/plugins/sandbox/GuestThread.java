package org.storysign.plugins.sandbox;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.storysign.plugins.wasm.fuel.FrameWeight;

/** A thread with a stack that holds the deepest call any guest may make. */
final class GuestThread extends Thread {

    private boolean busy;

    private GuestThread(Runnable work, String name, long stackSize) {
        super(null, work, name, stackSize);
        setDaemon(true);
    }

    static ThreadFactory factory(int deepestCall) {
        AtomicLong number = new AtomicLong();
        long stackSize = FrameWeight.stackSize(deepestCall).bytes();
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
