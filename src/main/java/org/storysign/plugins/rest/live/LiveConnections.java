package org.storysign.plugins.rest.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.storysign.plugins.cluster.LiveFeed;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.security.UserToken;

/** The live connections of this process. */
@Singleton
public class LiveConnections {

    private final LiveSettings settings;
    private final Clock clock;
    private final Map<String, LiveClient> clients = new ConcurrentHashMap<>();
    private final AtomicLong pending = new AtomicLong();
    private final Counter sent;
    private final Counter tooSlow;

    @Inject
    LiveConnections(LiveSettings settings, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        this.clock = clock;
        meters.gaugeMapSize("storysign_live_connections", List.of(), clients);
        this.sent = meters.counter("storysign_live_sent");
        meters.gauge("storysign_live_pending_characters", pending);
        this.tooSlow = meters.counter("storysign_live_too_slow");
    }

    /** Counts it in, or closes it when there are too many. */
    Uni<Void> add(WebSocketConnection connection, UserToken token) {
        synchronized (clients) {
            if (!full(token)) {
                clients.put(
                        connection.id(),
                        new LiveClient(connection, token, clock.instant().plus(settings.longest()), pending));
                if (connection.isClosed()) {
                    clients.remove(connection.id());
                }
                return Uni.createFrom().voidItem();
            }
        }
        return connection.close(LiveClose.TOO_MANY);
    }

    /** Closes those that have been open for as long as any may. */
    @Scheduled(every = "5s", delayed = "5s")
    void closeTheOld() {
        Instant now = clock.instant();
        clients.values().forEach(client -> client.closeAfter(now));
    }

    void remove(String connection) {
        clients.remove(connection);
    }

    /** To every connection that it is for; waits for none. */
    void deliver(LiveFeed.Entry entry) {
        String text = envelope(entry);
        clients.values().stream()
                .filter(client -> client.wants(entry.message()))
                .forEach(client -> (client.send(text) ? tooSlow : sent).increment());
    }

    /** Connections of a tenant's users to this process. */
    public long of(TenantId tenant) {
        return clients.values().stream()
                .filter(client -> client.token().tenant().equals(tenant))
                .count();
    }

    private boolean full(UserToken token) {
        return clients.size() >= settings.mostConnections()
                || clients.values().stream()
                                .map(LiveClient::token)
                                .filter(other -> other.tenant().equals(token.tenant())
                                        && other.user().equals(token.user()))
                                .count()
                        >= settings.mostConnectionsOfUser();
    }

    private static String envelope(LiveFeed.Entry entry) {
        LiveMessage message = entry.message();
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("id", message.id().toString());
        envelope.put("type", message.type());
        envelope.put("plugin_id", message.plugin().value());
        envelope.put("channel", message.channel().orElse(null));
        envelope.putRawValue("payload", new RawValue(message.payload()));
        envelope.put("at", entry.at().toString());
        return envelope.toString();
    }
}
