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
 */
public record EndedCall(Invocation invocation, Instant at, Usage usage, Optional<ProblemCode> problem) {}
