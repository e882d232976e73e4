package org.storysign.plugins.plugin.history;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A call as it was kept.
 *
 * @param sequence its place among the tenant's; later ones have greater ones
 * @param at when it ended
 * @param occasion why it was made
 * @param forUser whether it was made for a user
 * @param code of the problem; empty when it went well
 * @param would what an observed call would have come to, a JSON object; may hold users' data
 */
public record CallRecord(
        long sequence,
        UUID id,
        Instant at,
        String release,
        Occasion occasion,
        boolean forUser,
        boolean dryRun,
        Optional<String> trace,
        Figures figures,
        Optional<String> code,
        Optional<String> would) {

    /**
     * What it used.
     *
     * @param fuel cost units
     * @param peakMemory bytes
     */
    public record Figures(long runMicros, long waitMicros, long fuel, long peakMemory, int hostCalls) {}
}
