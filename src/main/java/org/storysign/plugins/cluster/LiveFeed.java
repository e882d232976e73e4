package org.storysign.plugins.cluster;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.storysign.plugins.platform.LiveMessage;

/** Port: the messages to live connections, of all tenants, as every process reads them. They are kept for about a minute. */
public interface LiveFeed {

    /** A message and its place; whoever has seen one has seen all with smaller places that there will ever be. */
    record Entry(long sequence, Instant at, LiveMessage message) {}

    /** The last place taken, 0 for none. */
    Uni<Long> position();

    /** What came after a place, in order, at most {@code most}. */
    Uni<List<Entry>> after(long sequence, int most);

    /** Calls {@code hint} when there may be something new. Hints get lost: poll as well. */
    void listen(Runnable hint);

    /** Forgets what is older than a minute. */
    Uni<Void> purge();
}
