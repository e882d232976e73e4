package org.storysign.plugins.platform;

import java.time.Duration;

/**
 * Port: where events wait until they are handled. Blocking; called on guest threads inside {@code HostCall.waiting} and on worker
 * threads. Fails with {@code ProblemException} {@code database-unavailable}; then, and when {@code timeout} passed, the event may
 * have been accepted or not.
 */
@FunctionalInterface
public interface EventOutbox {

    /** Keeps the event for good if there is room; when it answers ACCEPTED, the event outlives every process. */
    Acceptance put(NewEvent event, EventLimits limits, Duration timeout);

    /** Whether an event was taken in. */
    enum Acceptance {
        ACCEPTED,
        /** The plugin has as many events, dead letters counted, as it may. */
        PLUGIN_FULL,
        /** The tenant has as many waiting and in work as it may. */
        TENANT_FULL
    }
}
