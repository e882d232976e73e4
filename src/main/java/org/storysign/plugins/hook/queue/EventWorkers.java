package org.storysign.plugins.hook.queue;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.HookCall;
import org.storysign.plugins.hook.HookDispatcher;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.problem.ProblemException;

/**
 * The part of this process in handling events: one thread that takes them, woken by hints and by a poll, and a virtual thread for each that
 * is handled. Safe for concurrent use.
 */
@Singleton
public final class EventWorkers {

    private static final System.Logger LOG = System.getLogger(EventWorkers.class.getName());

    private final EventQueue queue;
    private final QueueSettings settings;
    private final EventWorker worker;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore signal = new Semaphore(0);
    private volatile boolean stopped;
    private @Nullable Thread taker;

    @Inject
    EventWorkers(
            EventQueue queue,
            HookDispatcher dispatcher,
            PluginCatalog catalog,
            QueueConfig config,
            EventWatcher watcher,
            Clock clock) {
        this.queue = queue;
        this.settings = QueueSettings.of(config);
        this.worker = new EventWorker(
                name(),
                queue,
                settings,
                new EventHandling(dispatcher::dispatch, settings, watcher, new Random()),
                new EventWorker.Surroundings(
                        clock, threads, tenant -> catalog.current(tenant).revision(), watcher, this::wake));
    }

    /** For people: in a container every process is number 1, but its host is named. */
    private static String name() {
        return System.getenv().getOrDefault("HOSTNAME", "this-host") + "/"
                + ProcessHandle.current().pid();
    }

    /** Begins to take events, unless this process shall handle none. */
    public synchronized void start() {
        if (settings.parallel() > 0 && taker == null) {
            queue.listen(this::wake);
            taker = Thread.ofPlatform().daemon().name("event-taker").start(this::run);
        }
    }

    /** Takes no more and gives what is being handled the time a chain may take. What is not settled by then, another process does. */
    void stop(@Observes ShutdownEvent end) {
        stopped = true;
        wake();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(HookCall.LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.INFO, "events are left to other processes count=" + worker.busy());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        signal.release();
    }

    private void run() {
        while (!stopped) {
            if (turn() == 0) {
                await();
            }
        }
    }

    private int turn() {
        try {
            return worker.turn();
        } catch (ProblemException unavailable) {
            LOG.log(System.Logger.Level.WARNING, "events cannot be taken", unavailable);
        } catch (RuntimeException fault) {
            if (!stopped) {
                LOG.log(System.Logger.Level.ERROR, "events cannot be taken", fault);
            }
        }
        return 0;
    }

    private void await() {
        try {
            if (signal.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                signal.drainPermits();
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
