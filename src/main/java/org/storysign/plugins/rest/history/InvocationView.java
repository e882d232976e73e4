package org.storysign.plugins.rest.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.history.CallRecord;
import org.storysign.plugins.plugin.history.Occasion;
import org.storysign.plugins.security.Caller;

/**
 * One call of a plugin.
 *
 * @param at when it ended
 * @param kind hook, endpoint, call (of an export by its name) or lifecycle
 * @param hook null when the call was none of a hook
 * @param endpoint the endpoint's name; null when the call was none of an endpoint
 * @param handler the export
 * @param forUser whether it was made for a user; who that was is not kept
 * @param status ok or failed
 * @param code of the problem; null when it went well
 * @param durationUs run time and wait time
 * @param peakMemory bytes
 * @param would of a hook's call that was only observed, what it would have come to: its status, its change as JSON Patch (RFC 6902), and whether
 *     it would have refused the hook; null when it was not, and for those who may not read the log
 * @param traceId of the request, or the event's id without hyphens
 */
public record InvocationView(
        String invocationId,
        Instant at,
        String release,
        String kind,
        @Nullable String hook,
        @Nullable String endpoint,
        String handler,
        boolean forUser,
        boolean dryRun,
        String status,
        @Nullable String code,
        long durationUs,
        long fuelUsed,
        long peakMemory,
        int hostCalls,
        @Nullable JsonNode would,
        @Nullable String traceId) {

    private static final JsonMapper JSON = new JsonMapper();

    static InvocationView of(CallRecord call, Caller reader) {
        Occasion occasion = call.occasion();
        return new InvocationView(
                call.id().toString(),
                call.at(),
                call.release(),
                occasion.kind().publicName(),
                nameOf(occasion, Occasion.Kind.HOOK),
                nameOf(occasion, Occasion.Kind.ENDPOINT),
                occasion.handler(),
                call.forUser(),
                call.dryRun(),
                call.code().isPresent() ? "failed" : "ok",
                call.code().orElse(null),
                call.figures().runMicros() + call.figures().waitMicros(),
                call.figures().fuel(),
                call.figures().peakMemory(),
                call.figures().hostCalls(),
                call.would()
                        .filter(would -> mayRead(reader))
                        .map(InvocationView::json)
                        .orElse(null),
                call.trace().orElse(null));
    }

    /** It may hold what users said, like the log. */
    private static boolean mayRead(Caller reader) {
        Set<Role> roles = reader.actor().roles();
        return roles.contains(Role.OPERATOR) || roles.contains(Role.ADMIN);
    }

    private static JsonNode json(String would) {
        try {
            return JSON.readTree(would);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept of a call is not JSON", e);
        }
    }

    private static @Nullable String nameOf(Occasion occasion, Occasion.Kind kind) {
        return occasion.kind() == kind ? occasion.name().orElse(null) : null;
    }
}
