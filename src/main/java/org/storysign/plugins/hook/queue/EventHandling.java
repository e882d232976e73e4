package org.storysign.plugins.hook.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.storysign.plugins.hook.HandlerExecution;
import org.storysign.plugins.hook.HandlerExecution.Problem;
import org.storysign.plugins.hook.HookCall;
import org.storysign.plugins.hook.HookCallReader;
import org.storysign.plugins.hook.HookOutcome;
import org.storysign.plugins.problem.Category;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/** Runs the chain for one event and judges what came of it. Safe for concurrent use. */
final class EventHandling {

    private static final System.Logger LOG = System.getLogger(EventHandling.class.getName());

    /** As deep as a request or a guest may nest, and the object around it. */
    private static final int DEEPEST = 101;

    private static final StrictJson JSON = new StrictJson(DEEPEST);

    private final Function<HookCall, CompletableFuture<HookOutcome>> dispatch;
    private final QueueSettings settings;
    private final EventWatcher watcher;
    private final RandomGenerator random;
    private final HookCallReader reader = new HookCallReader();

    EventHandling(
            Function<HookCall, CompletableFuture<HookOutcome>> dispatch,
            QueueSettings settings,
            EventWatcher watcher,
            RandomGenerator random) {
        this.dispatch = dispatch;
        this.settings = settings;
        this.watcher = watcher;
        this.random = random;
    }

    /** Waits for the chain's end. */
    Verdict handle(TakenEvent event) {
        HookCall call;
        try {
            call = call(event);
        } catch (ProblemException unreadable) {
            return new Verdict.Dead(new Problem(unreadable.code(), unreadable.detail()));
        }
        try {
            HookOutcome outcome = dispatch.apply(call).join();
            watcher.ran(outcome);
            return judge(event, outcome);
        } catch (CompletionException | ProblemException failure) {
            return notRun(
                    event,
                    failure instanceof ProblemException || failure.getCause() == null ? failure : failure.getCause());
        }
    }

    private HookCall call(TakenEvent event) {
        Violations violations = new Violations();
        JsonNode body = JSON.read(event.call(), violations);
        if (violations.isEmpty() && !body.isObject()) {
            violations.add("", "is no object");
        }
        violations.refuse(ProblemCode.REQUEST_INVALID, "the event's call");
        return reader.read(event.tenant(), event.hook(), (ObjectNode) body)
                .forEvent(new HookCall.Event(event.id(), event.depth()), event.user());
    }

    private Verdict judge(TakenEvent event, HookOutcome outcome) {
        return switch (outcome) {
            case HookOutcome.Refused refused -> failed(event, refused.problem());
            case HookOutcome.DeadlineExceeded exceeded ->
                failed(event, new Problem(ProblemCode.HOOK_DEADLINE_EXCEEDED, "the handlers did not finish in time"));
            case HookOutcome.Completed completed ->
                completed.executions().stream()
                        .flatMap(execution -> execution.problem().stream())
                        .filter(EventHandling::isNoFaultOfTheHandler)
                        .findFirst()
                        .map(problem -> failed(event, problem))
                        .orElseGet(Verdict.Done::new);
        };
    }

    /** The handler was kept from running to its end: to pass it over would lose the event for it. */
    private static boolean isNoFaultOfTheHandler(HandlerExecution.Problem problem) {
        return problem.code() == ProblemCode.CALL_CANCELLED
                || problem.code().category() == Category.CAPACITY
                || problem.code().category() == Category.INTERNAL;
    }

    private Verdict notRun(TakenEvent event, Throwable failure) {
        if (failure instanceof ProblemException problem && problem.code().category() == Category.CAPACITY) {
            return new Verdict.Postpone(
                    settings.backoff().pause(event.attempt(), random), new Problem(problem.code(), problem.detail()));
        }
        LOG.log(System.Logger.Level.WARNING, "event cannot be handled event=" + event.id(), failure);
        return failed(
                event,
                failure instanceof ProblemException problem
                        ? new Problem(problem.code(), problem.detail())
                        : new Problem(ProblemCode.INTERNAL_ERROR, "it was logged under the event's id"));
    }

    private Verdict failed(TakenEvent event, Problem problem) {
        return event.attempt() >= settings.attempts()
                ? new Verdict.Dead(problem)
                : new Verdict.Retry(settings.backoff().pause(event.attempt(), random), problem);
    }
}
