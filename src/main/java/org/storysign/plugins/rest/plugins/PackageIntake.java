package org.storysign.plugins.rest.plugins;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.DryRuns;
import org.storysign.plugins.plugin.InstallOutcome;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginInstaller;
import org.storysign.plugins.plugin.PluginPackage;
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
    private final PluginViews views;

    @Inject
    PackageIntake(PluginInstaller installer, DryRuns dryRuns, PluginViews views) {
        this.installer = installer;
        this.dryRuns = dryRuns;
        this.views = views;
    }

    /** What would become of a package. A key as for {@link #install}. */
    Uni<Response> dryRun(PluginPackage upload, Caller by) {
        requireReach(upload, by);
        return dryRuns.install(upload, by.actor())
                .map(run -> Response.ok(DryRunView.of(run)).build());
    }

    private static void requireReach(PluginPackage upload, Caller by) {
        if (by.isLimitedToPlugins() && idOf(upload).filter(by::reaches).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "The key is limited to certain plugins, and the package is of none of them.");
        }
    }

    /** A new plugin or a new release of one. A key that is limited to plugins brings packages of these only. */
    Uni<Response> install(PluginPackage upload, Caller by) {
        requireReach(upload, by);
        return installer.install(upload, by.actor()).chain(this::answer);
    }

    /** A release of a plugin that is there. Fails with {@code plugin-not-found}. */
    Uni<Response> release(PluginId id, PluginPackage upload, Caller by) {
        Optional<PluginId> found = idOf(upload);
        if (found.isPresent() && !found.get().equals(id)) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID,
                    "The package is of plugin `" + found.get() + "`, expected one of `" + id + "`.",
                    Map.of(FactKey.FOUND, found.get().value(), FactKey.EXPECTED, id.value()));
        }
        return views.find(by.actor().tenant(), id).chain(present -> install(upload, by));
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
            case InstallOutcome.VersionExists(Plugin plugin, Version version) ->
                Uni.createFrom().failure(versionExists(plugin, version));
        };
    }

    private static ProblemException versionExists(Plugin plugin, Version version) {
        return new ProblemException(
                ProblemCode.VERSION_EXISTS,
                "Plugin `" + plugin.id() + "` has version " + version
                        + " with other content: give the new content a new version.",
                Map.of(FactKey.PLUGIN, plugin.id().value(), FactKey.RELEASE, version.value()));
    }
}
