package org.storysign.plugins.worker;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks after calls in workers and kills the worker of one that was cancelled or is overdue. Safe for concurrent use. */
final class WorkerWatch implements AutoCloseable {

    private static final long EVERY_MILLIS = 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "worker-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** Looks at the call until what is returned is cancelled. */
    Future<?> over(CallWatch call, WorkerProcess worker) {
        return clock.scheduleAtFixedRate(
                () -> call.look().ifPresent(verdict -> worker.kill()),
                EVERY_MILLIS,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Kills the worker when what is returned is not cancelled before. */
    Future<?> killAfter(long millis, WorkerProcess worker) {
        return clock.schedule(worker::kill, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
