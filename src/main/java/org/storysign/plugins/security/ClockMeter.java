package org.storysign.plugins.security;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Instant;

/** The service's clock, for token buckets. When it is set back, buckets get nothing until it is where it was. */
record ClockMeter(Clock clock) implements TimeMeter {

    private static final long NANOS = 1_000_000_000L;

    @Override
    public long currentTimeNanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
