package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.manifest.HookType;

/**
 * The product says that something happens (contract, section 5).
 *
 * @param target the product's function it is about
 * @param origin who does it where
 * @param payload what is passed along the chain
 * @param deadline for the whole chain; at most {@link #LONGEST}, which is also the default
 * @param event the queued event it is handled for; empty when the product waits for the answer
 * @param dryRun whether nothing that handlers do is kept
 */
public record HookCall(
        TenantId tenant,
        HookName hook,
        HookType type,
        Optional<String> target,
        Origin origin,
        Payload payload,
        Duration deadline,
        Optional<Event> event,
        boolean dryRun) {

    /** The default of the total deadline; a call may only lower it. */
    public static final Duration LONGEST = Duration.ofSeconds(5);

    public HookCall {
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a hook's deadline lies between 1 ms and " + LONGEST.toMillis() + " ms");
        }
    }

    /** The same, handled for an event on behalf of the event's user. */
    public HookCall forEvent(Event handled, Optional<UserId> user) {
        Origin onBehalf = new Origin(user, origin.session(), origin.module(), origin.requestData())
                .traced(TraceId.of(handled.id()));
        return new HookCall(tenant, hook, type, target, onBehalf, payload, deadline, Optional.of(handled), dryRun);
    }

    /** How many emitted hooks led here; 0 when the product called. */
    int depth() {
        return event.map(Event::depth).orElse(0);
    }

    /**
     * An event on one of its ways through the chain.
     *
     * @param id stays the same on every way
     * @param depth how many emitted hooks led to it, itself included; 0 when the product sent it
     */
    public record Event(EventId id, int depth) {}

    /** The same call, in which plugins may speak of these users. */
    public HookCall reaching(UserReach reach) {
        return with(origin.reaching(reach));
    }

    /** The same call for a request of this trace. */
    public HookCall traced(TraceId trace) {
        return with(origin.traced(trace));
    }

    private HookCall with(Origin other) {
        return new HookCall(tenant, hook, type, target, other, payload, deadline, event, dryRun);
    }

    /** The same call, of which nothing is kept. */
    public HookCall dry() {
        return new HookCall(tenant, hook, type, target, origin, payload, deadline, event, true);
    }

    /**
     * Who does it where, and of which users plugins may speak.
     *
     * @param requestData any JSON; null when there is none
     * @param trace of the request, or of the event
     */
    public record Origin(
            Optional<UserId> user,
            Optional<String> session,
            Optional<String> module,
            JsonNode requestData,
            UserReach reach,
            Optional<TraceId> trace) {

        /** Plugins may speak of no user but the call's own. */
        public Origin(Optional<UserId> user, Optional<String> session, Optional<String> module, JsonNode requestData) {
            this(user, session, module, requestData, UserReach.CALLS_USER, Optional.empty());
        }

        private Origin reaching(UserReach users) {
            return new Origin(user, session, module, requestData, users, trace);
        }

        private Origin traced(TraceId known) {
            return new Origin(user, session, module, requestData, reach, Optional.of(known));
        }
    }

    /** What handlers get and may change. Never changed in place. {@code result} is JSON null when there is none. */
    public record Payload(ArrayNode args, ObjectNode kwargs, JsonNode result) {}
}
