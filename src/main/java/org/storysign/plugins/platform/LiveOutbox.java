package org.storysign.plugins.platform;

import java.time.Duration;

/** Port: where messages to live connections go. Blocking. Fails with {@code ProblemException} {@code database-unavailable}. */
@FunctionalInterface
public interface LiveOutbox {

    /** Hands the message to every process; whether anybody is connected is not known. */
    void publish(LiveMessage message, Duration timeout);
}
