package org.storysign.plugins.rest.plugins;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.plugin.DryRuns;
import org.storysign.plugins.plugin.InstallOutcome;
import org.storysign.plugins.plugin.PluginInstaller;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.plugin.source.Arrival;
import org.storysign.plugins.plugin.source.PackageSource;
import org.storysign.plugins.plugin.source.SourceInstaller;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.security.Caller;

/** Takes packages in, whichever address they came to, and answers what became of them. */
@ApplicationScoped
class PackageIntake {

    private static final StrictJson JSON = new StrictJson(20);

    private final PluginInstaller installer;
    private final DryRuns dryRuns;
    private final SourceInstaller sources;
    private final PluginViews views;

    @Inject
    PackageIntake(PluginInstaller installer, DryRuns dryRuns, SourceInstaller sources, PluginViews views) {
        this.installer = installer;
        this.dryRuns = dryRuns;
        this.sources = sources;
        this.views = views;
    }

    /** What would become of a package. A key as for {@link #install}. */
    Uni<Response> dryRun(PluginPackage upload, Caller by) {
        requireReach(upload, by);
        return dryRuns.install(upload, by.actor())
                .map(run -> Response.ok(DryRunView.of(run)).build());
    }

    /** A new plugin or a new release of one. A key that is limited to plugins brings packages of these only. */
    Uni<Response> install(PluginPackage upload, Caller by) {
        return take(upload, by, Map.of()).chain(this::answer);
    }

    /** Begins to bring one; what comes goes the same way. */
    Uni<Response> install(PackageSource source, Caller by) {
        return begin(source, by, (upload, origin) -> take(upload, by, origin));
    }

    private Uni<InstallOutcome> take(PluginPackage upload, Caller by, Map<String, String> origin) {
        requireReach(upload, by);
        return installer.install(upload, by.actor(), origin);
    }

    private static void requireReach(PluginPackage upload, Caller by) {
        if (by.isLimitedToPlugins() && idOf(upload).filter(by::reaches).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "The key is limited to certain plugins, and the package is of none of them.");
        }
    }

    /** A release of a plugin that is there. Fails with {@code plugin-not-found}. */
    Uni<Response> release(PluginId id, PluginPackage upload, Caller by) {
        return takeRelease(id, upload, by, Map.of()).chain(this::answer);
    }

    /** Begins to bring one; what comes goes the same way. Fails with {@code plugin-not-found}. */
    Uni<Response> release(PluginId id, PackageSource source, Caller by) {
        return views.find(by.actor().tenant(), id)
                .chain(present -> begin(source, by, (upload, origin) -> takeRelease(id, upload, by, origin)));
    }

    private Uni<InstallOutcome> takeRelease(PluginId id, PluginPackage upload, Caller by, Map<String, String> origin) {
        Optional<PluginId> found = idOf(upload);
        if (found.isPresent() && !found.get().equals(id)) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID,
                    "The package is of plugin `" + found.get() + "`, expected one of `" + id + "`.",
                    Map.of(FactKey.FOUND, found.get().value(), FactKey.EXPECTED, id.value()));
        }
        return views.find(by.actor().tenant(), id).chain(present -> take(upload, by, origin));
    }

    private Uni<Response> begin(PackageSource source, Caller by, Arrival arrival) {
        return sources.begin(source, by.actor(), arrival)
                .map(operation -> Response.accepted(OperationView.of(operation))
                        .header(HttpHeaders.LOCATION, OperationsResource.address(operation.id()))
                        .build());
    }

    private static Optional<PluginId> idOf(PluginPackage upload) {
        return PluginId.parse(
                JSON.read(upload.manifest(), new Violations()).path("id").asText(""));
    }

    private Uni<Response> answer(InstallOutcome outcome) {
        return switch (outcome) {
            case InstallOutcome.Created created ->
                views.view(created.plugin())
                        .map(view -> Response.status(Response.Status.CREATED)
                                .header(
                                        HttpHeaders.LOCATION,
                                        PluginAddress.of(created.plugin().id()))
                                .header(HttpHeaders.ETAG, Revisions.etag(view.revision()))
                                .entity(view)
                                .build());
            case InstallOutcome.Identical identical ->
                views.view(identical.plugin()).map(view -> Revisions.answer(view, view.revision(), null));
            case InstallOutcome.VersionExists exists -> Uni.createFrom().failure(exists.problem());
        };
    }
}
