package org.storysign.plugins.plugin.source;

import io.smallrye.mutiny.TimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.plugin.InstallOutcome;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.PackageStatement;

/** The work of one operation, on one thread: fetch, install, write down how it ended. The heartbeat writes what is between. */
final class OperationRun implements Runnable {

    private static final System.Logger LOG = System.getLogger(OperationRun.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TenantId tenant;
    private final OperationId id;
    private final PackageSource source;
    private final Arrival arrival;
    private final Surroundings surroundings;
    private final FetchProgress progress = new FetchProgress();
    private volatile boolean kept;
    private volatile boolean lost;

    /** What a run stands in. */
    record Surroundings(PackageFetch fetch, OperationStore store, String owner, OperationPace pace) {

        OperationStore.Lease lease() {
            return new OperationStore.Lease(owner, pace.lease());
        }
    }

    OperationRun(TenantId tenant, OperationId id, PackageSource source, Arrival arrival, Surroundings surroundings) {
        this.tenant = tenant;
        this.id = id;
        this.source = source;
        this.arrival = arrival;
        this.surroundings = surroundings;
    }

    TenantId tenant() {
        return tenant;
    }

    /** From now on there is something to write into. */
    void begun() {
        kept = true;
    }

    /** Writes down how far it is. What cannot be written now is written at the next beat, while the lease lasts. */
    void beat() {
        if (!kept) {
            return;
        }
        surroundings
                .store()
                .renew(tenant, id, progress.now(), surroundings.lease())
                .subscribe()
                .with(
                        ours -> lost = lost || !ours,
                        failure ->
                                LOG.log(System.Logger.Level.WARNING, "progress is not kept operation=" + id, failure));
    }

    @Override
    public void run() {
        try {
            Operation.Result result = bring();
            surroundings
                    .store()
                    .succeed(tenant, id, progress.now(), result, surroundings.owner())
                    .await()
                    .atMost(PATIENCE);
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "package brought operation=" + id + " source=" + source.text() + " plugin=" + result.plugin()
                            + " release=" + result.version());
        } catch (ProblemException problem) {
            fail(problem);
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.log(System.Logger.Level.ERROR, "package not brought operation=" + id, fault);
            fail(new ProblemException(
                    ProblemCode.INTERNAL_ERROR,
                    "Something went wrong inside the service; its log says more at " + id + "."));
        }
    }

    private Operation.Result bring() {
        enter(Operation.Phase.FETCHING);
        PluginPackage upload = surroundings.fetch().fetch(source, progress);
        enter(Operation.Phase.INSTALLING);
        InstallOutcome outcome = installed(upload);
        if (outcome instanceof InstallOutcome.VersionExists exists) {
            throw exists.problem();
        }
        PluginManifest manifest = new ManifestReader().read(upload.manifest());
        return new Operation.Result(
                manifest.id(),
                manifest.version(),
                PackageStatement.of(manifest.source(), Digest.of(upload.module()))
                        .digest(),
                outcome instanceof InstallOutcome.Created);
    }

    private InstallOutcome installed(PluginPackage upload) {
        try {
            return arrival.install(upload, origin())
                    .await()
                    .atMost(surroundings.pace().patience());
        } catch (TimeoutException late) {
            throw new ProblemException(
                    ProblemCode.OVERLOADED,
                    "The package was not stored in time: send the same request again, which is harmless.",
                    Map.of(FactKey.RETRY_AFTER, 30));
        }
    }

    private Map<String, String> origin() {
        Map<String, String> origin = new TreeMap<>(Map.of("source", source.text(), "operation", id.toString()));
        progress.now().resolved().ifPresent(digest -> origin.put("source_digest", digest.value()));
        return origin;
    }

    /** Goes on only as long as the operation is ours: one that counts as failed installs nothing any more. */
    private void enter(Operation.Phase phase) {
        progress.enter(phase);
        boolean ours = surroundings
                .store()
                .renew(tenant, id, progress.now(), surroundings.lease())
                .await()
                .atMost(PATIENCE);
        if (lost || !ours) {
            throw new ProblemException(
                    ProblemCode.OPERATION_INTERRUPTED, "The database was out of reach for longer than the lease.");
        }
    }

    private void fail(ProblemException problem) {
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "package not brought operation=" + id + " source=" + source.text() + " code="
                        + problem.code().code() + ": " + problem.detail());
        try {
            surroundings
                    .store()
                    .fail(tenant, id, progress.now(), problem, surroundings.owner())
                    .await()
                    .atMost(PATIENCE);
        } catch (RuntimeException unkept) {
            LOG.log(System.Logger.Level.WARNING, "the lease will end the operation operation=" + id, unkept);
        }
    }
}
