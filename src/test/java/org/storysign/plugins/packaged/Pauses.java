package org.storysign.plugins.packaged;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting for another process, which tells nobody when it is ready. */
final class Pauses {

    private static final int STEP_MILLIS = 20;

    private Pauses() {}

    static void brief() {
        millis(STEP_MILLIS);
    }

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks again and again, up to that long; whether it came true. */
    static boolean until(Duration patience, BooleanSupplier condition) {
        Instant end = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            millis(1);
        }
        return true;
    }
}
