package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;

/** Brings packages in. */
@Path(BASE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "packages")
public class PackagesResource {

    private final PackageIntake intake;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public PackagesResource(PackageIntake intake, CurrentCaller caller, ReceivedBody body) {
        this.intake = intake;
        this.caller = caller;
        this.body = body;
    }

    @POST
    @Path("install")
    @Consumes(MediaType.APPLICATION_JSON)
    // The largest module and files in base64, the largest manifest, and room for the JSON around them.
    @LargestBody(kib = 16_576)
    @Allowed(value = Role.INSTALLER, reach = Allowed.Reach.ANY_KEY)
    @Operation(
            summary = "Install a package",
            description =
                    "Manifest, module and files (base64) in one JSON document. The same content again is answered with 200; other"
                            + " content under the same version is refused with version-exists. Or a `source`: a URL with the .zip's digest,"
                            + " an artifact of a registry, or a folder of the operator's, as far as the operator allows them; then the"
                            + " service brings the package itself, and the answer is an operation to look at.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = InstallForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "Installed, with what the scan saw in its release",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The same content was there already; with dry_run, what would be",
            content = @Content(schema = @Schema(oneOf = {PluginView.class, DryRunView.class})))
    @APIResponse(
            responseCode = "202",
            description = "The package is being brought; Location leads to the operation",
            content = @Content(schema = @Schema(implementation = OperationView.class)))
    public Uni<Response> install(
            @QueryParam("dry_run") @Parameter(description = PluginsResource.DRY_RUN) @Nullable String dryRun) {
        Caller by = caller.get();
        boolean dry = Parameters.flag("dry_run", dryRun);
        return body.form(InstallForm.MEMBERS, InstallForm.BINARY, InstallForm::read)
                .chain(wanted -> switch (wanted) {
                    case InstallForm.Wanted.Content content ->
                        dry ? intake.dryRun(content.upload(), by) : intake.install(content.upload(), by);
                    case InstallForm.Wanted.From from -> {
                        if (dry) {
                            throw new ProblemException(
                                    ProblemCode.REQUEST_INVALID,
                                    "A source is not tried: upload the package with dry_run=true to see what would become of it.");
                        }
                        yield intake.install(from.source(), by);
                    }
                });
    }

    @POST
    @Path("upload")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @LargestBody(kib = 12_480)
    @Allowed(value = Role.INSTALLER, reach = Allowed.Reach.ANY_KEY)
    @Operation(
            summary = "Upload a package",
            description =
                    "A form with the parts manifest (manifest.json), module (the .wasm file) and `file:PATH` for each of the"
                            + " manifest's files, or with the one part package (a .zip of them all); otherwise as install.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = UploadForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "Installed, with what the scan saw in its release",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The same content was there already; with dry_run, what would be",
            content = @Content(schema = @Schema(oneOf = {PluginView.class, DryRunView.class})))
    public Uni<Response> upload(
            @QueryParam("dry_run") @Parameter(description = PluginsResource.DRY_RUN) @Nullable String dryRun) {
        Caller by = caller.get();
        boolean dry = Parameters.flag("dry_run", dryRun);
        return body.parts()
                .map(UploadForm::read)
                .chain(upload -> dry ? intake.dryRun(upload, by) : intake.install(upload, by));
    }
}
