package org.storysign.plugins.rest.live;

import io.quarkus.websockets.next.CloseReason;

/** Why the service closes a live connection. The numbers are part of the API. */
final class LiveClose {

    static final CloseReason TICKET = new CloseReason(4401, "the ticket is not valid");
    static final CloseReason ENDED = new CloseReason(4440, "connect again with a new ticket");
    static final CloseReason UNAVAILABLE = new CloseReason(1013, "try again later");
    static final CloseReason TOO_MANY = new CloseReason(4429, "too many connections");
    static final CloseReason TOO_SLOW = new CloseReason(4408, "messages are not read fast enough");
    static final CloseReason NOTHING_TO_SAY = new CloseReason(1008, "a client sends no messages");

    private LiveClose() {}
}
