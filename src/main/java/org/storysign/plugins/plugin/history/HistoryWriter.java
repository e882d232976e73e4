package org.storysign.plugins.plugin.history;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemException;

/**
 * Hands what plugins did to the store, twice a second, on a thread of its own. What the store does not take is tried again; meanwhile the
 * memory of {@link CallHistory} fills up to its bounds and what is too much is counted.
 */
public final class HistoryWriter {

    private static final System.Logger LOG = System.getLogger(HistoryWriter.class.getName());
    private static final long PAUSE_MILLIS = 500;

    private final CallHistory history;
    private final HistoryStore store;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Map<TenantId, HistoryBatch> untaken = Map.of();
    private @Nullable Thread thread;

    public HistoryWriter(CallHistory history, HistoryStore store) {
        this.history = history;
        this.store = store;
    }

    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("history-writer").start(this::run);
        }
    }

    /** Ends the thread; what there is then is written, if the store takes it. */
    public void stop() {
        stopped.countDown();
        write();
    }

    /** Writes what there is now. */
    public synchronized void write() {
        if (untaken.isEmpty()) {
            untaken = history.drain();
        }
        Map<TenantId, HistoryBatch> left = new HashMap<>(untaken);
        untaken.forEach((tenant, batch) -> {
            if (took(tenant, batch)) {
                left.remove(tenant);
            }
        });
        untaken = left;
    }

    private boolean took(TenantId tenant, HistoryBatch batch) {
        try {
            store.write(tenant, batch);
            return true;
        } catch (ProblemException unavailable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "history is not written yet tenant=" + tenant + ": " + unavailable.getMessage());
            return false;
        } catch (RuntimeException fault) {
            // To try it for ever would keep all that follows from being written.
            LOG.log(System.Logger.Level.ERROR, "history is lost tenant=" + tenant, fault);
            return true;
        }
    }

    private void run() {
        try {
            while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
