package org.storysign.plugins.plugin.history;

import java.time.Instant;
import java.util.Optional;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.Usage;

/**
 * A call that ended, as it is kept.
 *
 * @param at when it ended
 * @param problem why it failed; empty when it did not
 * @param would what it would have come to, had it not only been observed: a JSON object
 */
public record EndedCall(
        Invocation invocation, Instant at, Usage usage, Optional<ProblemCode> problem, Optional<String> would) {

    /** Of {@link #would}, characters that weigh as much in memory as another call. */
    private static final int CHARACTERS_A_CALL = 100;

    /** How much of the room for calls it takes. */
    long weight() {
        return 1 + would.map(String::length).orElse(0) / CHARACTERS_A_CALL;
    }
}
