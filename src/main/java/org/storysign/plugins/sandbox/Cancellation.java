package org.storysign.plugins.sandbox;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A wish to stop a call, looked at whenever the guest asks for its next slice of fuel and around host waits. */
public final class Cancellation {

    private final AtomicReference<String> reason = new AtomicReference<>("");

    /** Asks the call to stop; the first reason stays. */
    public void cancel(String why) {
        reason.compareAndSet("", why.isEmpty() ? "no reason given" : why);
    }

    public boolean isCancelled() {
        return !reason.get().isEmpty();
    }

    public Optional<String> reason() {
        return Optional.of(reason.get()).filter(text -> !text.isEmpty());
    }
}
