package org.storysign.plugins.sandbox.chicory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.ModuleTrial;
import org.storysign.plugins.wasm.PreflightedModule;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * Tries modules one at a time in a process of its own. What uses up its processor time or its heap there is rejected; what could not be tried
 * (the process does not start, somebody else ended it, the machine is too busy) is {@code overloaded} and no verdict. A process that survived
 * a module is used again for half a minute, since a JVM's first module takes it longest; then nothing of it is left. Safe for concurrent
 * use. Why beside the pre-flight reader: decisions/024.
 */
public final class TrialProcess implements ModuleTrial, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TrialProcess.class.getName());

    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final TrialLimits limits;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "module-trial-clock");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable TrialChild child;
    private @Nullable ScheduledFuture<?> ending;

    public TrialProcess(TrialLimits limits) {
        this.limits = limits;
    }

    @Override
    public void require(PreflightedModule module, SecurityLevel level) {
        long deadline = System.nanoTime() + limits.patience().toNanos();
        awaitTurn(deadline);
        try {
            attempt(module.binary(), level, deadline);
        } finally {
            turn.unlock();
        }
    }

    private void awaitTurn(long deadline) {
        try {
            if (turn.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw untried("other modules are being tried");
    }

    private void attempt(WasmBinary module, SecurityLevel level, long deadline) {
        TrialChild trying = child(limits.heap(module), deadline);
        if (System.nanoTime() - deadline >= 0) {
            throw untried("it took too long until it was its turn");
        }
        Duration most = limits.processorTime(module);
        try (TrialWatch watch = new TrialWatch(clock, trying, most, deadline)) {
            boolean survived = trying.survives(module, level);
            if (watch.isTooHeavy()) {
                end(trying);
                throw rejected("more than " + most.toMillis() + " ms of processor time");
            }
            if (!survived) {
                throw died(trying);
            }
        }
        ending = clock.schedule(this::endIdle, KEPT.toNanos(), TimeUnit.NANOSECONDS);
    }

    private ProblemException died(TrialChild trying) {
        boolean withoutMemory = trying.endedWithoutMemory();
        end(trying);
        return withoutMemory
                ? rejected("more than " + trying.heap() + " of memory")
                : untried("the process that tries modules was ended, or had too little of the processors");
    }

    /** One that reads modules: the last one, or a new one. */
    private TrialChild child(MemorySize heap, long deadline) {
        if (ending != null) {
            ending.cancel(false);
        }
        TrialChild last = child;
        if (last != null && last.hasHeap(heap)) {
            return last;
        }
        if (last != null) {
            end(last);
        }
        return started(heap, deadline);
    }

    private TrialChild started(MemorySize heap, long deadline) {
        TrialChild started;
        try {
            started = TrialChild.start(heap);
        } catch (IOException notStarted) {
            LOG.log(System.Logger.Level.WARNING, "trial process not started", notStarted);
            throw untried("the process that tries modules cannot be started");
        }
        child = started;
        try (TrialWatch watch = new TrialWatch(clock, started, limits.patience(), deadline)) {
            if (started.comesUp()) {
                return started;
            }
        }
        end(started);
        throw untried("the process that tries modules did not come up");
    }

    private void end(TrialChild ended) {
        ended.kill();
        child = null;
    }

    /** Whoever has the turn uses it. */
    private void endIdle() {
        if (turn.tryLock()) {
            try {
                TrialChild idle = child;
                if (idle != null) {
                    end(idle);
                }
            } finally {
                turn.unlock();
            }
        }
    }

    private static ProblemException untried(String why) {
        LOG.log(System.Logger.Level.WARNING, "module not tried: " + why);
        return new ProblemException(
                ProblemCode.OVERLOADED, why + "; try again", Map.of(FactKey.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }

    private static ProblemException rejected(String what) {
        String message = "parsing and compiling it takes " + what;
        return new ProblemException(
                ProblemCode.MODULE_REJECTED,
                "module: " + message,
                Map.of(FactKey.FINDINGS, List.of(Map.of("rule", "too-heavy", "where", "module", "message", message))));
    }

    /** Ends a trial that runs, as untried. */
    @Override
    public void close() {
        TrialChild last = child;
        if (last != null) {
            last.kill();
        }
        clock.shutdownNow();
    }
}
