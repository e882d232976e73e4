package org.storysign.plugins.rest.live;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.storysign.plugins.security.KeySecret;
import org.storysign.plugins.security.UserTokens;

/** WS /live?ticket=…: the ticket is taken once, before the connection hears anything. A client that sends a message is closed. */
@WebSocket(path = BASE + "/live")
public class LiveSocket {

    private static final Logger LOG = Logger.getLogger(LiveSocket.class);

    private final UserTokens tokens;
    private final LiveConnections connections;

    @Inject
    LiveSocket(UserTokens tokens, LiveConnections connections) {
        this.tokens = tokens;
        this.connections = connections;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection connection) {
        return tokens.redeem(new KeySecret(ticket(connection)))
                .chain(token -> token.map(known -> connections.add(connection, known))
                        .orElseGet(() -> connection.close(LiveClose.TICKET)))
                .onFailure()
                .recoverWithUni(() -> connection.close(LiveClose.UNAVAILABLE));
    }

    @OnTextMessage
    Uni<Void> text(String message, WebSocketConnection connection) {
        return connection.close(LiveClose.NOTHING_TO_SAY);
    }

    @OnBinaryMessage
    Uni<Void> binary(Buffer message, WebSocketConnection connection) {
        return connection.close(LiveClose.NOTHING_TO_SAY);
    }

    /** A frame that is too large, or half of one: the client's doing, and no fault of ours to be logged. */
    @OnError
    Uni<Void> broken(Throwable failure, WebSocketConnection connection) {
        LOG.debug("live connection broke", failure);
        return connection.isClosed() ? Uni.createFrom().voidItem() : connection.close(LiveClose.NOTHING_TO_SAY);
    }

    @OnClose
    void close(WebSocketConnection connection) {
        connections.remove(connection.id());
    }

    /** Its form was looked at by {@link LiveUpgrade}: nothing in it is escaped. */
    private static String ticket(WebSocketConnection connection) {
        for (String parameter : connection.handshakeRequest().query().split("&", -1)) {
            if (parameter.startsWith("ticket=")) {
                return parameter.substring("ticket=".length());
            }
        }
        return "";
    }
}
