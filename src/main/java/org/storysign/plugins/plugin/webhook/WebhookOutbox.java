package org.storysign.plugins.plugin.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.identity.TenantId;

/** Port: what is to be delivered. Blocks its caller, an ordinary thread. */
public interface WebhookOutbox {

    /** Those that have something due. */
    List<TenantId> tenants();

    /** What is due, at most so many. What is not settled within the lease is due again. */
    List<Taken> take(TenantId tenant, int most, Duration lease);

    void settle(Taken taken, End end);

    /**
     * A delivery in hand.
     *
     * @param attempt from 1
     * @param secret as it is kept
     */
    record Taken(TenantId tenant, UUID webhook, UUID id, int attempt, String body, String url, String secret) {

        /** The header {@code webhook-id}, the same at every attempt. */
        String messageId() {
            return "msg_" + id;
        }
    }

    /**
     * How an attempt ended.
     *
     * @param next after which pause it is tried again; ignored for {@code delivered} and {@code dead}
     */
    record End(State state, Optional<Integer> status, Optional<String> problem, Duration next) {}

    /** What a delivery is in. */
    enum State {
        WAITING,
        DELIVERED,
        DEAD
    }
}
