package org.storysign.plugins.rest.live;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.security.UserToken;

/** A user's open connection. What it was sent and did not take yet is bounded; whoever lets it fill up is closed. */
final class LiveClient {

    /** Most messages on their way, of up to {@link LiveMessage#LARGEST_PAYLOAD} and an envelope each. */
    static final int MOST_PENDING = 64;

    private final WebSocketConnection connection;
    private final UserToken token;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();

    LiveClient(WebSocketConnection connection, UserToken token) {
        this.connection = connection;
        this.token = token;
    }

    UserToken token() {
        return token;
    }

    boolean wants(LiveMessage message) {
        return token.tenant().equals(message.tenant())
                && message.user()
                        .map(token.user()::equals)
                        .orElseGet(() -> message.channel()
                                .filter(token.channels()::contains)
                                .isPresent());
    }

    /** Never waits. */
    void send(String text) {
        if (pending.incrementAndGet() > MOST_PENDING) {
            close(LiveClose.TOO_SLOW);
            return;
        }
        connection
                .sendText(text)
                .subscribe()
                .with(sent -> pending.decrementAndGet(), failure -> close(LiveClose.TOO_SLOW));
    }

    void close(CloseReason reason) {
        if (closing.compareAndSet(false, true)) {
            connection.close(reason).subscribe().with(closed -> {}, failure -> {});
        }
    }
}
