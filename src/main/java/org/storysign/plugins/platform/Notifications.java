package org.storysign.plugins.platform;

import java.time.Duration;

/**
 * Port: what users find in their notifications until they read it or {@link #KEPT} has gone by. Blocking; called on guest threads
 * inside {@code HostCall.waiting}. Fails with {@code ProblemException} as {@link PlatformServices} says.
 */
public interface Notifications {

    /** How long a notification is kept. */
    Duration KEPT = Duration.ofDays(90);

    /** Most notifications of one plugin that are kept for one user; the oldest go. */
    int MOST = 100;

    /** Keeps it for the user of {@code to}, who must be there, in the name of its plugin. Answers its number. */
    long send(DataOwner to, Notice notice, Duration timeout);
}
