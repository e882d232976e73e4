package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.PluginReleases;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;

/** A plugin's releases and which of them serves. */
@Path(BASE + "/{plugin_id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "releases")
public class ReleasesResource {

    private final PluginReleases releases;
    private final PackageIntake intake;
    private final PluginViews views;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public ReleasesResource(
            PluginReleases releases, PackageIntake intake, PluginViews views, CurrentCaller caller, ReceivedBody body) {
        this.releases = releases;
        this.intake = intake;
        this.views = views;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Path("releases")
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "List a plugin's releases",
            description =
                    "Oldest first, each with what stands between it and serving: ready; awaiting-consent, with the difference in"
                            + " plain words and the consent that agrees to it; or blocked, with the reason.")
    @APIResponse(
            responseCode = "200",
            description = "The releases",
            content = @Content(schema = @Schema(implementation = ReleaseListView.class)))
    public Uni<ReleaseListView> list(@PathParam("plugin_id") String id) {
        return releases.list(caller.actor().tenant(), PluginAddress.id(id))
                .map(all ->
                        new ReleaseListView(all.stream().map(ReleaseView::of).toList()));
    }

    @POST
    @Path("releases")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_JSON})
    @LargestBody(kib = 12_480)
    @Allowed(Role.INSTALLER)
    @Operation(
            summary = "Bring a new release",
            description =
                    "The same parts as POST /upload, of this plugin, or the `source` of POST /install. While the plugin serves, the"
                            + " release waits until an operator activates it; otherwise it becomes the active one.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema = @Schema(implementation = UploadForm.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ReleaseSourceForm.class))
            })
    @APIResponse(
            responseCode = "201",
            description = "Kept, with what the scan saw",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The same content was there already",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    @APIResponse(
            responseCode = "202",
            description = "The package is being brought; Location leads to the operation",
            content = @Content(schema = @Schema(implementation = OperationView.class)))
    public Uni<Response> bring(
            @PathParam("plugin_id") String id, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type) {
        PluginId plugin = PluginAddress.id(id);
        Caller by = caller.get();
        if (type != null && MediaType.valueOf(type).isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            return body.form(ReleaseSourceForm.MEMBERS, InstallForm::source)
                    .chain(source -> intake.release(plugin, source, by));
        }
        return body.parts().map(UploadForm::read).chain(upload -> intake.release(plugin, upload, by));
    }

    @PUT
    @Path("active-release")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Activate a release",
            description =
                    "Any of the plugin's, an older one too. Calls that run end on the release they began with. What is wider than the"
                            + " last consent is answered with consent-required; a grant that was taken away does not come back. When"
                            + " the release cannot be initialised, the present one goes on serving. If-Match with the plugin's ETag is"
                            + " required.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ActivationForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The plugin with this release active",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public Uni<Response> activate(
            @PathParam("plugin_id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dry_run")
                    @Parameter(description = "true answers what would become of the plugin, and changes nothing")
                    @Nullable
                    String dryRun) {
        PluginId plugin = PluginAddress.id(id);
        Actor actor = caller.actor();
        long revision = Revisions.required(ifMatch);
        boolean dry = Parameters.flag("dry_run", dryRun);
        return body.form(ActivationForm.MEMBERS, fields -> ActivationForm.read(fields, revision))
                .chain(wanted ->
                        dry ? releases.preview(plugin, wanted, actor) : releases.activate(plugin, wanted, actor))
                .chain(views::view)
                .map(view -> Revisions.answer(view, view.revision(), null));
    }

    /** The body of POST /{plugin_id}/releases when the service is to bring the package. */
    @Schema(name = "ReleaseSourceForm")
    record ReleaseSourceForm(
            @Schema(description = "Where the package is", required = true)
            SourceForm source) {

        static final Set<String> MEMBERS = Set.of("source");
    }
}
