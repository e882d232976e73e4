package org.storysign.plugins.hook;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.plugin.RunningCalls;
import org.storysign.plugins.plugin.history.InvocationLog;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.Sandbox;

/**
 * Runs a hook's chain: all of it on one guest thread, one handler after the other, within one total deadline. Safe for concurrent
 * use; never blocks its caller.
 */
@Singleton
public final class HookDispatcher {

    private final HookCatalog catalog;
    private final ChainHost host;
    private final ScheduledThreadPoolExecutor deadlines;

    @Inject
    public HookDispatcher(HookCatalog catalog, Sandbox sandbox, RunningCalls calls, Clock clock, InvocationLog log) {
        this.catalog = catalog;
        this.host = new ChainHost(sandbox, calls, clock, log);
        this.deadlines = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(null, work, "hook-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    /** Fails with {@code ProblemException} only when the chain could not begin ({@code overloaded}, {@code plugin-overloaded}). */
    public CompletableFuture<HookOutcome> dispatch(HookCall call) {
        return catalog.chain(call.tenant(), call.hook())
                .subscribeAsCompletionStage()
                .thenCompose(chain -> run(call, chain));
    }

    CompletableFuture<HookOutcome> run(HookCall call, HookChain chain) {
        Optional<AbsentLink> absent = chain.absent(call);
        if (absent.isPresent()) {
            return CompletableFuture.completedFuture(new HookOutcome.Refused(
                    absent.get().id(),
                    absent.get().problem(),
                    List.of(absent.get().execution())));
        }
        List<ChainLink> links = chain.select(call);
        if (links.isEmpty()) {
            return CompletableFuture.completedFuture(unchanged(call));
        }
        ChainRun run = new ChainRun(call, links, host);
        CompletableFuture<HookOutcome> outcome = submit(call, links, run);
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> outcome.complete(run.expire()), call.deadline().toNanos(), TimeUnit.NANOSECONDS);
        return outcome.whenComplete((ended, failure) -> deadline.cancel(false));
    }

    /** On the account of the first plugin that counts. Where none does, that there is no room for it is no failure either. */
    private CompletableFuture<HookOutcome> submit(HookCall call, List<ChainLink> links, ChainRun run) {
        Optional<ChainLink> first =
                links.stream().filter(link -> !link.isObserved()).findFirst();
        CompletableFuture<HookOutcome> outcome = host.sandbox()
                .submit(call.tenant(), first.orElseGet(links::getFirst).id(), run::run);
        return first.isPresent()
                ? outcome
                : outcome.exceptionally(failure -> {
                    if (failure instanceof ProblemException) {
                        return unchanged(call);
                    }
                    throw new CompletionException(failure);
                });
    }

    private static HookOutcome unchanged(HookCall call) {
        return new HookOutcome.Completed(call.payload(), Optional.empty(), List.of(), List.of());
    }

    @PreDestroy
    void close() {
        deadlines.shutdownNow();
    }
}
