package org.storysign.plugins.rest.live;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.storysign.plugins.cluster.LiveFeed;

/** Carries messages from the feed to the connections of this process: when hinted, and every second should a hint be lost. */
@Singleton
public class LiveDelivery {

    /** Fewer than a connection may have on their way, so that one page alone closes nobody. */
    private static final int PAGE = 50;

    private static final Logger LOG = Logger.getLogger(LiveDelivery.class);

    private final LiveFeed feed;
    private final LiveConnections connections;
    private final AtomicInteger hints = new AtomicInteger();

    /** The last place that was delivered; -1 before the first look. Only whoever raised {@link #hints} from 0 touches it. */
    private volatile long position = -1;

    @Inject
    LiveDelivery(LiveFeed feed, LiveConnections connections) {
        this.feed = feed;
        this.connections = connections;
    }

    void start(@Observes StartupEvent event) {
        feed.listen(this::hint);
        hint();
    }

    @Scheduled(every = "1s", delayed = "1s")
    void hint() {
        if (hints.getAndIncrement() == 0) {
            round(1);
        }
    }

    @Scheduled(every = "30s", delayed = "30s")
    Uni<Void> purge() {
        return feed.purge();
    }

    /** One round at a time, so that messages keep their order; hints meanwhile make for one more. */
    private void round(int seen) {
        read().subscribe().with(more -> next(seen, more), failure -> {
            LOG.warn("live messages cannot be read; trying again", failure);
            hints.set(0);
        });
    }

    private void next(int seen, boolean more) {
        if (more || !hints.compareAndSet(seen, 0)) {
            round(hints.get());
        }
    }

    /** Whether there may be more. */
    private Uni<Boolean> read() {
        if (position < 0) {
            return feed.position().map(last -> {
                position = last;
                return false;
            });
        }
        return feed.after(position, PAGE).map(this::deliver);
    }

    private boolean deliver(List<LiveFeed.Entry> entries) {
        for (LiveFeed.Entry entry : entries) {
            connections.deliver(entry);
            position = entry.sequence();
        }
        return entries.size() == PAGE;
    }
}
