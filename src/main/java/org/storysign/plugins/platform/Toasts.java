package org.storysign.plugins.platform;

import java.time.Duration;

/**
 * Port: what a user sees for a moment if they look, and nobody finds later. Blocking; called on guest threads inside
 * {@code HostCall.waiting}. Fails with {@code ProblemException} as {@link PlatformServices} says.
 *
 * <p>Today a toast lies among the notifications for {@link #SHOWN}, where the product's next look finds it. A live channel takes its place by
 * implementing this port; guests are told only that the toast was accepted, so nothing changes for them.
 */
@FunctionalInterface
public interface Toasts {

    /** How long a toast can be seen. */
    Duration SHOWN = Duration.ofSeconds(60);

    /** Most toasts of one plugin that wait for one user; the oldest go. */
    int MOST = 10;

    /** Shows it to the user of {@code to}, who must be there, in the name of its plugin; {@code body} and {@code link} are empty. */
    void show(DataOwner to, Notice toast, Duration timeout);
}
