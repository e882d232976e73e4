package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.HandlerExecution.Problem;
import org.storysign.plugins.hook.HandlerExecution.Status;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.manifest.HookType;
import org.storysign.plugins.plugin.GuestConfig;
import org.storysign.plugins.plugin.history.Invocation;
import org.storysign.plugins.plugin.history.InvocationLog;
import org.storysign.plugins.plugin.history.Occasion;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.Usage;

/**
 * One hook call on its way through a chain. {@link #run} belongs to one guest thread; {@link #expire} may come from any thread at
 * any time.
 */
final class ChainRun {

    private final HookCall call;
    private final List<ChainLink> links;
    private final ChainHost host;
    private final HandlerInput input;
    private final long endsAt;
    private final List<HandlerExecution> executions = new CopyOnWriteArrayList<>();
    private final LinkedHashSet<PluginId> handledBy = new LinkedHashSet<>();
    private volatile @Nullable Cancellation running;
    private volatile boolean expired;
    private HookCall.Payload payload;

    /** How the chain ended, as soon as only handlers are left that are observed: whatever becomes of them. */
    private volatile @Nullable HookOutcome decided;

    /** What the present handler was given. */
    private HookCall.Payload asked;

    /** What the present handler logged. */
    private List<LogLine> logged = List.of();

    ChainRun(HookCall call, List<ChainLink> links, ChainHost host) {
        this.call = call;
        this.links = links;
        this.host = host;
        this.input = new HandlerInput(call);
        this.payload = call.payload();
        this.asked = payload;
        this.endsAt = System.nanoTime() + call.deadline().toNanos();
    }

    /** The total deadline passed: stops the handler that runs, and whatever would follow. */
    HookOutcome expire() {
        expired = true;
        Cancellation now = running;
        if (now != null) {
            now.cancel("the hook's total deadline of " + call.deadline().toMillis() + " ms passed");
        }
        HookOutcome end = decided;
        return end != null ? end.with(executions) : new HookOutcome.DeadlineExceeded(executions);
    }

    HookOutcome run() {
        List<Observed> observed = new ArrayList<>();
        HookOutcome end = run(observed);
        if (observed.isEmpty() || expired) {
            return end;
        }
        decided = end;
        observed.forEach(this::observe);
        return end.with(executions);
    }

    /** A handler that is only looked at, and what it would have been given in its place. */
    private record Observed(ChainLink link, HookCall.Payload payload) {}

    /** After all that counts, so that it cannot even take the others' time. What it answers is told and goes nowhere. */
    private void observe(Observed one) {
        Duration left = Duration.ofNanos(endsAt - System.nanoTime());
        if (!expired && left.isPositive()) {
            payload = one.payload;
            step(one.link, left);
        }
    }

    private HookOutcome run(List<Observed> observed) {
        for (ChainLink link : links) {
            if (link.isObserved()) {
                observed.add(new Observed(link, payload));
                continue;
            }
            Duration left = Duration.ofNanos(endsAt - System.nanoTime());
            if (expired || left.isNegative()) {
                return expire();
            }
            Optional<HookOutcome> end = step(link, left);
            if (expired) {
                return expire();
            }
            if (end.isPresent()) {
                return end.get();
            }
        }
        return completed(Optional.empty());
    }

    /** Runs one handler; an outcome when the chain ends with it. */
    private Optional<HookOutcome> step(ChainLink link, Duration left) {
        CallContext context = new CallContext(
                call.tenant(),
                call.origin().user(),
                link.id(),
                InvocationId.random(),
                call.depth(),
                call.origin().reach(),
                call.dryRun() || link.isObserved());
        CallResult result;
        asked = payload;
        logged = List.of();
        try {
            result = call(link, context, left);
            logged = result.log();
        } catch (ProblemException refused) {
            return failed(link, context, Usage.NONE, new Problem(refused.code(), refused.detail()));
        }
        return switch (result) {
            case CallResult.Trapped trapped -> {
                Problem problem = new Problem(trapped.trap().code(), trapped.message());
                Optional<HookOutcome> end = failed(link, context, trapped.usage(), problem);
                yield endedByDeadline(trapped, link, left) ? Optional.of(expire()) : end;
            }
            case CallResult.Returned returned -> answered(link, context, returned);
        };
    }

    /** Whether the handler would have had more time if the chain had. */
    private static boolean endedByDeadline(CallResult.Trapped trapped, ChainLink link, Duration left) {
        Limits own = link.plugin().limits();
        return trapped.trap() instanceof Trap.RunTimeExceeded && left.compareTo(own.runTime()) < 0
                || trapped.trap() instanceof Trap.WaitTimeExceeded && left.compareTo(own.waitTime()) < 0;
    }

    private CallResult call(ChainLink link, CallContext context, Duration left) {
        Cancellation cancellation = host.calls().begin(call.tenant(), link.id());
        running = cancellation;
        if (expired) {
            cancellation.cancel("the hook's total deadline passed");
        }
        try {
            return host.sandbox().call(link.plugin().onItsInstances(request(link, context, left, cancellation)));
        } finally {
            running = null;
            host.calls().end(call.tenant(), link.id(), cancellation);
        }
    }

    private CallRequest request(ChainLink link, CallContext context, Duration left, Cancellation cancellation) {
        Limits limits = link.plugin().limits();
        limits = limits.withRunTime(least(limits.runTime(), left)).withWaitTime(least(limits.waitTime(), left));
        return new CallRequest(
                link.plugin().module(),
                link.subscription().handler(),
                input.bytes(payload, link, context, host.clock().instant()),
                limits,
                context,
                GuestConfig.of(link.plugin().plugin().config()),
                link.plugin().functions(),
                link.plugin().http(),
                cancellation);
    }

    private Optional<HookOutcome> answered(ChainLink link, CallContext context, CallResult.Returned returned) {
        HandlerOutput output;
        try {
            output = HandlerOutput.read(call.type(), returned.output(), payload);
        } catch (ProblemException invalid) {
            return failed(link, context, returned.usage(), new Problem(invalid.code(), invalid.detail()));
        }
        switch (output) {
            case HandlerOutput.Unchanged unchanged -> {
                done(link, context, returned.usage(), payload);
                return Optional.empty();
            }
            case HandlerOutput.Changed changed -> {
                done(link, context, returned.usage(), changed.payload());
                return call.type() == HookType.REPLACE ? Optional.of(completed(Optional.empty())) : Optional.empty();
            }
            case HandlerOutput.Passed passed -> {
                record(link, context, returned.usage(), Status.PASSED, noChange(), Optional.empty());
                return Optional.empty();
            }
            case HandlerOutput.Stopped stopped -> {
                record(link, context, returned.usage(), Status.STOPPED, noChange(), Optional.empty());
                handledBy.add(link.id());
                return Optional.of(completed(Optional.of(new HookOutcome.Stop(link.id(), stopped.reason()))));
            }
        }
    }

    private void done(ChainLink link, CallContext context, Usage usage, HookCall.Payload after) {
        JsonNode changed = after == payload ? noChange() : PayloadPatch.between(payload, after);
        record(link, context, usage, Status.COMPLETED, changed, Optional.empty());
        handledBy.add(link.id());
        payload = after;
    }

    private Optional<HookOutcome> failed(ChainLink link, CallContext context, Usage usage, Problem problem) {
        record(link, context, usage, Status.FAILED, noChange(), Optional.of(problem));
        return link.onError() == FailurePolicy.CLOSED
                ? Optional.of(new HookOutcome.Refused(link.id(), problem, executions))
                : Optional.empty();
    }

    private void record(
            ChainLink link,
            CallContext context,
            Usage usage,
            Status status,
            JsonNode changed,
            Optional<Problem> problem) {
        host.log()
                .ended(
                        new Invocation(
                                context,
                                link.release(),
                                Occasion.hook(call.hook(), link.subscription().handler()),
                                call.origin().trace(),
                                asked::hashCode),
                        new InvocationLog.End(usage, problem.map(Problem::code), logged, would(link, status, changed)));
        executions.add(new HandlerExecution(
                link.id(),
                link.release(),
                link.subscription().handler(),
                context.invocation(),
                status,
                usage,
                changed,
                link.plugin().plugin().mode(),
                problem));
    }

    private static Optional<String> would(ChainLink link, Status status, JsonNode changed) {
        return link.isObserved() ? Optional.of(ObservedEffect.of(status, changed, link.onError())) : Optional.empty();
    }

    private HookOutcome completed(Optional<HookOutcome.Stop> stop) {
        return new HookOutcome.Completed(payload, stop, List.copyOf(handledBy), executions);
    }

    private static JsonNode noChange() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
