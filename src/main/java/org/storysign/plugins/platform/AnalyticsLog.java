package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Port: what plugins notice about the product's use. Events are only ever added; they go after {@link #KEPT}, or with their user.
 * Blocking; called on guest threads inside {@code HostCall.waiting}. Fails with {@code ProblemException}
 * as {@link PlatformServices} says.
 */
public interface AnalyticsLog {

    /** What names of events look like. */
    Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,99}");

    /** Largest properties of an event, in bytes of UTF-8 of their JSON text. */
    int LARGEST_PROPERTIES = 4 << 10;

    /** Most events of a plugin of a tenant in a day (UTC). */
    int MOST_A_DAY = 10_000;

    /** How long events are kept. */
    Duration KEPT = Duration.ofDays(90);

    /** Adds an event. False when the plugin has logged {@code mostADay} today already; then nothing changed. */
    boolean append(DataOwner owner, NewEvent event, int mostADay, Duration timeout);

    /** What a plugin logged for a user, or for nobody, the newest first; the cursor is the number of the last one seen. */
    List<AnalyticsEvent> events(DataOwner owner, Optional<String> name, ServicePage page, Duration timeout);

    /** An event to be kept; {@code properties} is a JSON object. */
    record NewEvent(String name, String properties) {}
}
