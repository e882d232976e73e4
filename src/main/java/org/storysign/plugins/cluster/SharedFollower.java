package org.storysign.plugins.cluster;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.plugin.SharedDistribution;

/** Brings shared plugins into tenants that were made, or that lack a release, since. Safe for concurrent use. */
@Singleton
public final class SharedFollower {

    private static final System.Logger LOG = System.getLogger(SharedFollower.class.getName());

    private final SharedDistribution distribution;

    @Inject
    public SharedFollower(SharedDistribution distribution) {
        this.distribution = distribution;
    }

    /** What fails now is tried again next time. */
    @Scheduled(
            every = "${storysign.shared-plugins.interval:30s}",
            delayed = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> bring() {
        return distribution
                .bring()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure ->
                        LOG.log(System.Logger.Level.WARNING, "shared plugins cannot be brought to tenants", failure))
                .onFailure()
                .recoverWithNull();
    }
}
