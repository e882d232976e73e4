package org.storysign.plugins.sandbox.chicory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
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

/**
 * Tries modules one at a time in a process of its own, which ends when it runs out of memory and is killed when it takes too long.
 * One that survived is used again for half a minute, since a JVM's first module takes it longest; then nothing of it is left.
 * Safe for concurrent use. Why beside the pre-flight reader: decisions/024.
 */
public final class TrialProcess implements ModuleTrial, AutoCloseable {

    /** How long a module may take, and how long one waits for its turn. */
    public static final Duration LONGEST = Duration.ofSeconds(8);

    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final MemorySize LEAST_HEAP = MemorySize.ofMiB(256);
    private static final int RETRY_AFTER_SECONDS = 5;

    /** A module of 5 MiB can need 250 MiB while it is parsed. */
    private static final int HEAP_OF_A_BYTE = 64;

    private final Duration longest;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "module-trial-clock");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable TrialChild child;
    private Future<?> ending = clock.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);

    public TrialProcess() {
        this(LONGEST);
    }

    public TrialProcess(Duration longest) {
        this.longest = longest;
    }

    @Override
    public void require(PreflightedModule module, SecurityLevel level) {
        awaitTurn();
        try {
            if (!isSurvived(module, level)) {
                throw rejected();
            }
        } finally {
            turn.unlock();
        }
    }

    private void awaitTurn() {
        try {
            if (turn.tryLock(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw busy("other modules are being tried");
    }

    private boolean isSurvived(PreflightedModule module, SecurityLevel level) {
        TrialChild trying = child(new MemorySize(
                LEAST_HEAP.bytes() + (long) HEAP_OF_A_BYTE * module.binary().size()));
        ending.cancel(false);
        Future<?> killing = clock.schedule(trying::kill, longest.toNanos(), TimeUnit.NANOSECONDS);
        boolean survived = trying.survives(module.binary(), level);
        killing.cancel(false);
        if (survived) {
            ending = clock.schedule(trying::kill, KEPT.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            trying.kill();
            child = null;
        }
        return survived;
    }

    private TrialChild child(MemorySize heap) {
        TrialChild last = child;
        if (last != null && last.hasHeap(heap)) {
            return last;
        }
        if (last != null) {
            last.kill();
        }
        try {
            TrialChild started = TrialChild.start(heap);
            child = started;
            return started;
        } catch (IOException notStarted) {
            throw busy("the process that tries modules does not start");
        }
    }

    private static ProblemException busy(String why) {
        return new ProblemException(
                ProblemCode.OVERLOADED, why + "; try again", Map.of(FactKey.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }

    private ProblemException rejected() {
        String message = "parsing and compiling it takes more than " + longest.toMillis()
                + " ms or more memory than a module may need";
        return new ProblemException(
                ProblemCode.MODULE_REJECTED,
                "module: " + message,
                Map.of(FactKey.FINDINGS, List.of(Map.of("rule", "too-heavy", "where", "module", "message", message))));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        turn.lock();
        try {
            if (child != null) {
                child.kill();
            }
        } finally {
            turn.unlock();
        }
    }
}
