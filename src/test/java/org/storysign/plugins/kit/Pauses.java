package org.storysign.plugins.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting for what tells nobody when it is ready: another process, the database, a socket. */
public final class Pauses {

    private static final int STEP_MILLIS = 20;

    private Pauses() {}

    public static void brief() {
        millis(STEP_MILLIS);
    }

    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails when it has not come true within that time. */
    public static void await(String what, Duration patience, BooleanSupplier condition) {
        assertThat(until(patience, condition)).as(what).isTrue();
    }

    /** Asks again and again, up to that long; whether it came true. */
    public static boolean until(Duration patience, BooleanSupplier condition) {
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
