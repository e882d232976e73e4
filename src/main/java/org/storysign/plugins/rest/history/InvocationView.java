package org.storysign.plugins.rest.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.history.CallRecord;
import org.storysign.plugins.plugin.history.Occasion;

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
        @Nullable String traceId) {

    static InvocationView of(CallRecord call) {
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
                call.trace().orElse(null));
    }

    private static @Nullable String nameOf(Occasion occasion, Occasion.Kind kind) {
        return occasion.kind() == kind ? occasion.name().orElse(null) : null;
    }
}
