package org.storysign.plugins.hook.queue;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far an event is. */
public enum EventState {
    /** It waits: until it is due, for its key, or for a worker. */
    QUEUED,
    /** A worker has leased it. */
    WORKING,
    /** Its chain has run to its end. */
    DONE,
    /** It has failed too often: a dead letter, which waits for a person. */
    DEAD;

    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventState> parse(String text) {
        return Stream.of(values())
                .filter(state -> state.publicName().equals(text))
                .findFirst();
    }
}
