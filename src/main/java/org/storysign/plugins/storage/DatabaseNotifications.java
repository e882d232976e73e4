package org.storysign.plugins.storage;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.pubsub.PgSubscriber;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Hears NOTIFY over connections of its own, which are made again when they break. What is sent meanwhile is lost. */
@Singleton
final class DatabaseNotifications {

    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final Logger LOG = Logger.getLogger(DatabaseNotifications.class);

    private final Vertx vertx;
    private final DatabaseConfig config;
    private final List<PgSubscriber> subscribers = new CopyOnWriteArrayList<>();

    @Inject
    DatabaseNotifications(Vertx vertx, DatabaseConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** Calls {@code connected} whenever it begins to hear, and {@code said} with each payload, on an event loop. */
    void listen(String channel, Runnable connected, Consumer<String> said) {
        PgConnectOptions options = PgConnectOptions.fromUri(config.url())
                .setUser(config.service().username())
                .setPassword(config.service().password())
                .addProperty("application_name", "storysign-plugins-listener");
        PgSubscriber subscriber =
                PgSubscriber.subscriber(vertx, options).reconnectPolicy(DatabaseNotifications::pauseBefore);
        subscriber.channel(channel).subscribeHandler(connected).handler(said);
        subscribers.add(subscriber);
        subscriber
                .connect()
                .subscribe()
                .with(
                        there -> {},
                        failure -> LOG.warnf(failure, "notifications are not heard; polling only channel=%s", channel));
    }

    @PreDestroy
    void close() {
        subscribers.forEach(PgSubscriber::closeAndForget);
    }

    /** Milliseconds before an attempt to connect again: at once, then doubling from 100. */
    private static Long pauseBefore(Integer attempt) {
        return attempt == 0 ? 0L : Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(attempt, 10));
    }
}
