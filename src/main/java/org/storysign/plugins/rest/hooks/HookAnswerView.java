package org.storysign.plugins.rest.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.HandlerExecution;
import org.storysign.plugins.hook.HookOutcome;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * What the product goes on with.
 *
 * @param stopped who said that the product shall not act, and why; null when nobody did
 * @param handledBy the plugins that handled it, in order
 */
public record HookAnswerView(
        JsonNode result,
        JsonNode args,
        JsonNode kwargs,
        @Nullable StopView stopped,
        List<String> handledBy,
        List<ExecutionView> executions) {

    /** Throws {@code ProblemException} {@code hook-refused} or {@code hook-deadline-exceeded} for outcomes that are no answer. */
    static HookAnswerView of(HookName hook, HookOutcome outcome) {
        return switch (outcome) {
            case HookOutcome.Completed done ->
                new HookAnswerView(
                        done.payload().result(),
                        done.payload().args(),
                        done.payload().kwargs(),
                        done.stopped().map(StopView::of).orElse(null),
                        done.handledBy().stream().map(PluginId::value).toList(),
                        done.executions().stream().map(ExecutionView::of).toList());
            case HookOutcome.Refused refused -> throw refused(hook, refused);
            case HookOutcome.DeadlineExceeded late ->
                throw new ProblemException(
                        ProblemCode.HOOK_DEADLINE_EXCEEDED,
                        "The handlers of hook `" + hook + "` did not finish in time; "
                                + late.executions().size() + " had begun.",
                        Map.of(FactKey.HOOK, hook.value()));
        };
    }

    private static ProblemException refused(HookName hook, HookOutcome.Refused refused) {
        String handler = refused.executions().stream()
                .filter(execution -> execution.plugin().equals(refused.by()))
                .reduce((_, last) -> last)
                .map(HandlerExecution::handler)
                .orElse("");
        return new ProblemException(
                ProblemCode.HOOK_REFUSED,
                "Plugin `" + refused.by() + "`, whose failure closes hook `" + hook + "`, failed: "
                        + refused.problem().detail(),
                Map.of(
                        FactKey.HOOK, hook.value(),
                        FactKey.PLUGIN, refused.by().value(),
                        FactKey.HANDLER, handler,
                        FactKey.TRAP, refused.problem().code().code()));
    }

    /** Who stopped the call, and why in the plugin's words. */
    public record StopView(String by, String reason) {
        static StopView of(HookOutcome.Stop stop) {
            return new StopView(stop.by().value(), stop.reason());
        }
    }

    /** What one handler did. {@code changed} is a JSON Patch (RFC 6902) over args, kwargs and result; of mode observe it was not applied. */
    public record ExecutionView(
            String pluginId,
            String release,
            String handler,
            String invocationId,
            String status,
            long fuelUsed,
            long durationUs,
            JsonNode changed,
            String mode,
            @Nullable ExecutionProblemView problem) {

        static ExecutionView of(HandlerExecution execution) {
            return new ExecutionView(
                    execution.plugin().value(),
                    execution.release().value(),
                    execution.handler(),
                    execution.invocation().toString(),
                    execution.status().publicName(),
                    execution.usage().fuel().units(),
                    execution.usage().duration().toNanos() / 1_000,
                    execution.changed(),
                    execution.mode().publicName(),
                    execution.problem().map(ExecutionProblemView::of).orElse(null));
        }
    }

    /** Why a handler failed. */
    public record ExecutionProblemView(String code, String title, String detail) {
        static ExecutionProblemView of(HandlerExecution.Problem problem) {
            return new ExecutionProblemView(
                    problem.code().code(), problem.code().title(), problem.detail());
        }
    }
}
