package org.storysign.plugins.worker;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Placement;

/**
 * All workers of this service. Each serves one module of one plugin of one tenant for its whole life, one call at a time; a call
 * finds one ready, as a rule, because one is started when the module is made ready and whenever one has gone. When there are as
 * many as there may be, the worker that was idle longest makes room. Safe for concurrent use.
 */
public final class WorkerPool implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WorkerPool.class.getName());
    private static final int RETRY_AFTER_SECONDS = 2;

    private final WorkerTerms terms;
    private final Roster roster;
    private final WorkerWatch watch = new WorkerWatch();
    private final ExecutorService ahead = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "worker-starter");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable WorkerCommand command;
    private boolean told;

    public WorkerPool(WorkerTerms terms) {
        this.terms = terms;
        this.roster = new Roster(terms.most(), terms.mostOfOne());
    }

    /** Whether there may be any. */
    boolean isOffered() {
        return terms.most() > 0;
    }

    /** Workers that are there or being started. */
    public int workers() {
        return roster.taken();
    }

    /** Workers that wait for a call. */
    public int idle() {
        return roster.idle();
    }

    /** The module can be called from now on; a worker is started for it in the background. */
    void open(Placement placement) {
        roster.open(WorkerOwner.of(placement));
        startAhead(placement);
    }

    void close(Placement placement) {
        roster.close(WorkerOwner.of(placement));
    }

    /**
     * Makes a call in a worker. Throws {@code ProblemException}: {@code overloaded} when no worker was free or could be started,
     * {@code module-invalid} when the engine does not accept the module.
     */
    CallResult call(Placement placement, CallRequest request, boolean onlyTrial) {
        WorkerOwner owner = WorkerOwner.of(placement);
        Roster.Seat seat = roster.seat(owner, terms.patience()).orElseThrow(() -> overloaded("all workers are busy"));
        WorkerProcess worker = seat.worker().orElseGet(() -> started(placement));
        try {
            return worker.call(request, onlyTrial);
        } finally {
            roster.giveBack(owner, worker);
            startAhead(placement);
        }
    }

    /** A worker on the place that was taken for it; the place is given back when there is none. */
    private WorkerProcess started(Placement placement) {
        boolean isThere = false;
        try {
            WorkerProcess worker = launched(placement);
            isThere = true;
            return worker;
        } finally {
            if (!isThere) {
                roster.gone(WorkerOwner.of(placement));
            }
        }
    }

    private WorkerProcess launched(Placement placement) {
        WorkerProcess worker = launched();
        if (!worker.load(placement, terms.longestStart().toMillis())) {
            boolean isRefused = worker.isUsable();
            worker.kill();
            throw isRefused ? refused(placement) : overloaded("a worker did not come up");
        }
        if (terms.confinement() == ConfinementDemand.REQUIRED && !worker.confined()) {
            worker.kill();
            throw overloaded("this system lets no worker be confined, as `confinement=required` demands");
        }
        tell(worker);
        return worker;
    }

    private WorkerProcess launched() {
        try {
            return new WorkerProcess(command().start(), watch, terms.grace());
        } catch (IOException notStarted) {
            LOG.log(System.Logger.Level.WARNING, "worker cannot be started", notStarted);
            throw overloaded("a worker cannot be started");
        }
    }

    private synchronized WorkerCommand command() {
        WorkerCommand known = command;
        if (known == null) {
            known = new WorkerCommand(terms.confinement());
            command = known;
        }
        return known;
    }

    /** Operators are told once what this system offers. */
    private synchronized void tell(WorkerProcess worker) {
        if (!told) {
            told = true;
            boolean namespaces = command().namespaces();
            System.Logger.Level level = worker.confined() ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
            LOG.log(level, "workers are confined system_calls={0} namespaces={1}", worker.confined(), namespaces);
        }
    }

    /** One for a module that has none, where there is room. */
    private void startAhead(Placement placement) {
        try {
            ahead.execute(() -> {
                WorkerOwner owner = WorkerOwner.of(placement);
                if (roster.seatAhead(owner)) {
                    startIdle(placement, owner);
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.log(System.Logger.Level.DEBUG, "no worker is started while the service ends");
        }
    }

    private void startIdle(Placement placement, WorkerOwner owner) {
        try {
            roster.giveBack(owner, started(placement));
        } catch (ProblemException notNow) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "worker is not ready plugin=" + placement.plugin() + " reason=" + notNow.detail());
        } finally {
            roster.isStarted(owner);
        }
    }

    private static ProblemException overloaded(String why) {
        return new ProblemException(
                ProblemCode.OVERLOADED, why + "; try again", Map.of(FactKey.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }

    private static ProblemException refused(Placement placement) {
        return new ProblemException(
                ProblemCode.MODULE_INVALID,
                "the engine does not accept module " + placement.source().digest(),
                Map.of(FactKey.DIGEST, placement.source().digest().value()));
    }

    /** For tests. */
    Roster roster() {
        return roster;
    }

    /** Ends all workers that have no call; those that have one end with it. */
    @Override
    public void close() {
        ahead.shutdownNow();
        roster.endAll();
        watch.close();
    }
}
