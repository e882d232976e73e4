package org.storysign.plugins.plugin.source;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Brings packages in the background, a few at a time. Each is an {@link Operation} of this process: it is kept before the request is
 * answered, its lease is renewed while it waits and works, and its end is kept last. Safe for concurrent use.
 */
public final class SourceInstaller implements AutoCloseable {

    /** Operations of one tenant that may wait or work in one process. */
    public static final int MOST_OF_TENANT = 8;

    /** Of all tenants together. */
    static final int MOST = 64;

    private final OperationRun.Surroundings surroundings;
    private final ExecutorService workers;
    private final ScheduledExecutorService heart;
    private final Set<OperationRun> unfinished = ConcurrentHashMap.newKeySet();

    public SourceInstaller(PackageFetch fetch, OperationStore store, int parallel, OperationPace pace) {
        this.surroundings =
                new OperationRun.Surroundings(fetch, store, UUID.randomUUID().toString(), pace);
        this.workers = Executors.newFixedThreadPool(parallel, threads("source-installs"));
        this.heart = Executors.newSingleThreadScheduledExecutor(threads("source-heartbeat"));
        heart.scheduleAtFixedRate(
                () -> unfinished.forEach(OperationRun::beat),
                pace.beat().toMillis(),
                pace.beat().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Begins, and answers the operation as it is then. Fails with {@code source-refused} when the operator's terms do not allow the source,
     * and {@code overloaded} when as many as may wait already.
     */
    public Uni<Operation> begin(PackageSource source, Actor actor, Arrival arrival) {
        surroundings.fetch().require(source);
        OperationId id = OperationId.random();
        TenantId tenant = actor.tenant();
        OperationRun run = new OperationRun(tenant, id, source, arrival, surroundings);
        admit(run);
        OperationStore.Begun begun = new OperationStore.Begun(source.text(), actor.name());
        return surroundings
                .store()
                .begin(tenant, id, begun, surroundings.lease())
                .invoke(run::begun)
                .chain(kept -> find(tenant, id))
                .map(kept ->
                        kept.orElseThrow(() -> new IllegalStateException("the operation was kept and is not there")))
                .invoke(kept -> workers.execute(() -> work(run)))
                .onFailure()
                .invoke(() -> unfinished.remove(run));
    }

    /** Empty when the tenant has none of that name, or has none any more. */
    public Uni<Optional<Operation>> find(TenantId tenant, OperationId id) {
        return surroundings.store().find(tenant, id);
    }

    /** What is at work ends when its lease does. */
    @Override
    public void close() {
        heart.shutdownNow();
        workers.shutdownNow();
    }

    private void work(OperationRun run) {
        try {
            run.run();
        } finally {
            unfinished.remove(run);
        }
    }

    private synchronized void admit(OperationRun run) {
        long ofTenant = unfinished.stream()
                .filter(other -> other.tenant().equals(run.tenant()))
                .count();
        if (ofTenant >= MOST_OF_TENANT || unfinished.size() >= MOST) {
            throw new ProblemException(
                    ProblemCode.OVERLOADED,
                    "So many packages are being brought already: " + ofTenant + " of this tenant, expected fewer than "
                            + MOST_OF_TENANT + ", and " + unfinished.size() + " in all, expected fewer than " + MOST
                            + ".",
                    Map.of(FactKey.RETRY_AFTER, 10));
        }
        unfinished.add(run);
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
    }
}
