package org.storysign.plugins.rest.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.cluster.LiveFeed;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.security.UserToken;

/** The live connections of this process. */
@Singleton
public class LiveConnections {

    private final LiveSettings settings;
    private final Map<String, LiveClient> clients = new ConcurrentHashMap<>();

    @Inject
    LiveConnections(LiveSettings settings, MeterRegistry meters) {
        this.settings = settings;
        meters.gaugeMapSize("storysign_live_connections", List.of(), clients);
    }

    /** Counts it in, or closes it when there are too many. */
    Uni<Void> add(WebSocketConnection connection, UserToken token) {
        synchronized (clients) {
            if (!full(token)) {
                clients.put(connection.id(), new LiveClient(connection, token));
                if (connection.isClosed()) {
                    clients.remove(connection.id());
                }
                return Uni.createFrom().voidItem();
            }
        }
        return connection.close(LiveClose.TOO_MANY);
    }

    void remove(String connection) {
        clients.remove(connection);
    }

    /** To every connection that it is for; waits for none. */
    void deliver(LiveFeed.Entry entry) {
        String text = envelope(entry);
        clients.values().stream()
                .filter(client -> client.wants(entry.message()))
                .forEach(client -> client.send(text));
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
        envelope.put("type", message.user().isPresent() ? "message" : "broadcast");
        envelope.put("plugin_id", message.plugin().value());
        envelope.put("channel", message.channel().orElse(null));
        envelope.putRawValue("payload", new RawValue(message.payload()));
        envelope.put("at", entry.at().toString());
        return envelope.toString();
    }
}
