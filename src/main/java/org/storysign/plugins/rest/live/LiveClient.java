package org.storysign.plugins.rest.live;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.security.UserToken;

/**
 * A user's open connection. What it was sent and did not take yet is bounded, for itself and, by a sum of characters, for all of the
 * process together; whoever lets it fill up is closed.
 */
final class LiveClient {

    /** Most characters on their way to one connection: a whole page of the largest messages, twice. */
    static final long MOST_PENDING = 2L << 20;

    /** Most characters on their way to all connections of the process. */
    static final long MOST_OF_ALL = 64L << 20;

    private final WebSocketConnection connection;
    private final UserToken token;
    private final Instant ends;
    private final AtomicLong ofAll;
    private final AtomicLong pending = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();

    /**
     * @param ends when it is closed whatever happens, so that nobody listens long after the token or its key has ended
     * @param ofAll characters on their way to all connections
     */
    LiveClient(WebSocketConnection connection, UserToken token, Instant ends, AtomicLong ofAll) {
        this.connection = connection;
        this.token = token;
        this.ends = ends;
        this.ofAll = ofAll;
    }

    UserToken token() {
        return token;
    }

    /** A token that is limited to some plugins hears no others. */
    boolean wants(LiveMessage message) {
        return token.tenant().equals(message.tenant())
                && (token.plugins().isEmpty() || token.plugins().contains(message.plugin()))
                && message.user()
                        .map(token.user()::equals)
                        .orElseGet(() -> message.channel()
                                .filter(token.channels()::contains)
                                .isPresent());
    }

    /** Never waits. Answers whether this was too much for the connection, which hears nothing more then. */
    boolean send(String text) {
        if (closing.get()) {
            return false;
        }
        boolean hasRoom = pending.addAndGet(text.length()) <= MOST_PENDING;
        if (ofAll.addAndGet(text.length()) > MOST_OF_ALL || !hasRoom) {
            taken(text);
            return close(LiveClose.TOO_SLOW);
        }
        connection
                .sendText(text)
                .onTermination()
                .invoke(() -> taken(text))
                .subscribe()
                .with(sent -> {}, failure -> close(LiveClose.TOO_SLOW));
        return false;
    }

    private void taken(String text) {
        pending.addAndGet(-text.length());
        ofAll.addAndGet(-text.length());
    }

    void closeAfter(Instant now) {
        if (now.isAfter(ends)) {
            close(LiveClose.ENDED);
        }
    }

    /**
     * Whether it was not closed before. One that does not read does not learn of it: its connection ends when nothing has gone over
     * it for {@code quarkus.http.idle-timeout}, and counts until then.
     */
    boolean close(CloseReason reason) {
        boolean first = closing.compareAndSet(false, true);
        if (first) {
            connection.close(reason).subscribe().with(closed -> {}, failure -> {});
        }
        return first;
    }
}
