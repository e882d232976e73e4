package org.storysign.plugins.platform;

import java.time.Duration;

/**
 * Port: what a user sees for a moment if they look, and nobody finds later. It goes to the user's open pages at once and lies among the
 * notifications for {@link #SHOWN}, for pages that ask. Blocking; called on guest threads inside {@code HostCall.waiting}. Fails with
 * {@code ProblemException} as {@link PlatformServices} says.
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
