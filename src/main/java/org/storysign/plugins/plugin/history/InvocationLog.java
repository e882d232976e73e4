package org.storysign.plugins.plugin.history;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Usage;

/** Port: who is told of every call that ended. Called on guest threads; must be quick, must not wait and must not fail. */
@FunctionalInterface
public interface InvocationLog {

    InvocationLog NONE = (invocation, end) -> {};

    void ended(Invocation invocation, End end);

    /** Tells this one and then another. */
    default InvocationLog and(InvocationLog other) {
        return (invocation, end) -> {
            ended(invocation, end);
            other.ended(invocation, end);
        };
    }

    /**
     * How a call ended.
     *
     * @param problem why it failed; empty when it did not
     * @param log what the guest logged
     * @param would of a call that is only observed, what it would have come to: a JSON object
     */
    record End(Usage usage, Optional<ProblemCode> problem, List<LogLine> log, Optional<String> would) {

        /** One that came to what it did. */
        public End(Usage usage, Optional<ProblemCode> problem, List<LogLine> log) {
            this(usage, problem, log, Optional.empty());
        }

        static End of(CallResult result) {
            return switch (result) {
                case CallResult.Returned returned -> new End(returned.usage(), Optional.empty(), returned.log());
                case CallResult.Trapped trapped ->
                    new End(trapped.usage(), Optional.of(trapped.trap().code()), trapped.log());
            };
        }
    }

    /** Makes the call and tells how it ended, also when it was refused. */
    default CallResult keep(Invocation invocation, Supplier<CallResult> call) {
        try {
            CallResult result = call.get();
            ended(invocation, End.of(result));
            return result;
        } catch (ProblemException refused) {
            ended(invocation, new End(Usage.NONE, Optional.of(refused.code()), List.of()));
            throw refused;
        }
    }
}
