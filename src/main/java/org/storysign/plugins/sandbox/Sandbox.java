package org.storysign.plugins.sandbox;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Calls untrusted code under limits. Guests run on threads of this sandbox only, at most as many at once as there are
 * processors; never on an event loop. Safe for concurrent use.
 */
public final class Sandbox implements AutoCloseable {

    private final CallRunner runner;
    private final Admission admission;
    private final IdleInstances idle;
    private final ExecutorService threads;
    private final SandboxConfig config;

    public Sandbox(SandboxConfig config, CallingConvention convention) {
        this(config, convention, System::nanoTime);
    }

    Sandbox(SandboxConfig config, CallingConvention convention, LongSupplier nanoTime) {
        this.config = config;
        MemoryReserve memory = new MemoryReserve(config.memory(), config.memoryPatience());
        this.idle = new IdleInstances(memory, config.processors(), nanoTime);
        this.runner = new CallRunner(convention, new Processors(config.processors()), idle, nanoTime);
        this.admission = new Admission(config.callsPerPlugin(), config.calls());
        // As many threads as admission lets in: each holds one submission from start to end.
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                config.threadKeepAlive().toNanos(),
                TimeUnit.NANOSECONDS,
                new SynchronousQueue<>(),
                GuestThread.factory(config.deepestCall()));
    }

    /**
     * Runs {@code work}, which may call {@link #call} any number of times, on a guest thread.
     *
     * @return fails with {@code ProblemException}: {@code overloaded} when the service, {@code plugin-overloaded} when this plugin has
     *     too many calls waiting (both with the fact {@code retry_after}, in seconds)
     */
    public <T> CompletableFuture<T> submit(TenantId tenant, PluginId plugin, Callable<T> work) {
        try {
            admission.enter(tenant, plugin);
        } catch (ProblemException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                Outcome<T> outcome = Outcome.of(work);
                admission.leave(tenant, plugin);
                outcome.complete(result);
            });
        } catch (Throwable notStarted) {
            admission.leave(tenant, plugin);
            result.completeExceptionally(notStarted);
        }
        return result;
    }

    /**
     * The same for work that is one call of {@code module}. Where that is known to need more than a little memory, and it is not free, it fails
     * with {@code overloaded} at once: no thread is started to wait and be refused.
     */
    public <T> CompletableFuture<T> submit(TenantId tenant, PluginId plugin, CompiledModule module, Callable<T> work) {
        try {
            if (module.elsewhere().isEmpty()) {
                idle.requireChance(CallRunner.memoryAtStart(module), module.habit());
            }
        } catch (ProblemException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return submit(tenant, plugin, work);
    }

    /**
     * Makes a new instance, calls the export, throws the instance away; or takes one of the request's pool and keeps it there. Must be called on a guest thread, and not by a host
     * function on its guest's own thread. Never throws for what a guest does; throws {@code ProblemException}:
     * {@code input-too-large} when the input is larger than the limit, {@code export-missing} or {@code export-mistyped} when
     * the module has no such handler, {@code overloaded} when the memory of all calls together would be too much.
     */
    public CallResult call(CallRequest request) {
        return on(request, runner::run);
    }

    /** As {@link #call}, but only makes the instance: whether the module can start at all. The request's export is not looked at. */
    public CallResult trial(CallRequest request) {
        return on(request, runner::trial);
    }

    private CallResult on(CallRequest request, Function<CallRequest, CallResult> step) {
        GuestThread thread = GuestThread.current();
        // A flag left by others must not look like an order: neither to what waits here nor to the engine.
        Thread.interrupted();
        requireThatItFits(request);
        thread.setBusy(true);
        try {
            return step.apply(request);
        } finally {
            thread.setBusy(false);
        }
    }

    /** Instances of pools that are kept for calls to come. */
    public int idleInstances() {
        return idle.count(false);
    }

    /** Instances that were made as new and wait for calls to come. */
    public int newInstances() {
        return idle.count(true);
    }

    /** Submissions that are waiting or running now. */
    public int admitted() {
        return admission.admitted();
    }

    /** Takes no more submissions; those it has run to their end. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private void requireThatItFits(CallRequest request) {
        MemorySize found = new MemorySize(request.inputSize());
        MemorySize limit = request.limits().input();
        if (found.compareTo(limit) > 0) {
            throw new ProblemException(
                    ProblemCode.INPUT_TOO_LARGE,
                    "the input has " + found + ", expected at most " + limit,
                    java.util.Map.of(FactKey.FOUND, found.bytes(), FactKey.LIMIT, limit.bytes()));
        }
        if (request.limits().callDepth() > config.deepestCall()) {
            throw new IllegalArgumentException(
                    "a call depth of " + request.limits().callDepth() + " needs deeper stacks than this sandbox has: "
                            + config.deepestCall());
        }
    }
}
