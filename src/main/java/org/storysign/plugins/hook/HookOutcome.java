package org.storysign.plugins.hook;

import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;

/** What became of a hook's call. Executions are in the order of the chain, those that were only observed after all others. */
public sealed interface HookOutcome {

    List<HandlerExecution> executions();

    /** The same, with those told too that were only observed. */
    HookOutcome with(List<HandlerExecution> all);

    /**
     * The chain ended. The product goes on with {@code payload}, or does not act at all when it was stopped.
     *
     * @param handledBy the plugins whose handler ran to its end and did not pass, in order, each once
     */
    record Completed(
            HookCall.Payload payload,
            Optional<Stop> stopped,
            List<PluginId> handledBy,
            List<HandlerExecution> executions)
            implements HookOutcome {

        public Completed {
            handledBy = List.copyOf(handledBy);
            executions = List.copyOf(executions);
        }

        @Override
        public Completed with(List<HandlerExecution> all) {
            return new Completed(payload, stopped, handledBy, all);
        }
    }

    /** A handler whose failure is not to be passed over has failed: {@code hook-refused}. */
    record Refused(PluginId by, HandlerExecution.Problem problem, List<HandlerExecution> executions)
            implements HookOutcome {

        public Refused {
            executions = List.copyOf(executions);
        }

        @Override
        public Refused with(List<HandlerExecution> all) {
            return new Refused(by, problem, all);
        }
    }

    /** The total deadline passed: {@code hook-deadline-exceeded}. */
    record DeadlineExceeded(List<HandlerExecution> executions) implements HookOutcome {

        public DeadlineExceeded {
            executions = List.copyOf(executions);
        }

        @Override
        public DeadlineExceeded with(List<HandlerExecution> all) {
            return new DeadlineExceeded(all);
        }
    }

    /** A before handler said stop. The reason is guest text. */
    record Stop(PluginId by, String reason) {}
}
