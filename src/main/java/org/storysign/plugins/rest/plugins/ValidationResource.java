package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.PluginInstaller;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;

/** The same checks as an installation's; nothing is stored. What is not valid is the answer here, not a fault. */
@Path(BASE + "/validate")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "validation")
public class ValidationResource {

    private static final String MODULE = "application/wasm";

    private final PluginInstaller installer;
    private final ReceivedBody body;

    @Inject
    public ValidationResource(PluginInstaller installer, ReceivedBody body) {
        this.installer = installer;
        this.body = body;
    }

    @POST
    @Path("manifest")
    @Consumes(MediaType.APPLICATION_JSON)
    // Twice what a manifest may have: the reader says itself when one is too large.
    @LargestBody(kib = 128)
    @Allowed(value = Role.AUTHOR, reach = Allowed.Reach.ANY_KEY)
    @Operation(
            summary = "Check a manifest",
            description = "The body is manifest.json. Every violation is listed at once.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Object.class)))
    public Uni<PackageCheckView> manifest() {
        return installer.checkManifest(body.bytes()).map(PackageCheckView::of);
    }

    @POST
    @Path("module")
    @Consumes({MODULE, MediaType.APPLICATION_OCTET_STREAM})
    @LargestBody(kib = 10_256)
    @Allowed(value = Role.AUTHOR, reach = Allowed.Reach.ANY_KEY)
    @Operation(summary = "Check a module", description = "The body is the .wasm file.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MODULE, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<PackageCheckView> module() {
        return installer.checkModule(body.bytes()).map(PackageCheckView::of);
    }

    @POST
    @Path("code")
    @Consumes({MODULE, MediaType.APPLICATION_OCTET_STREAM})
    @LargestBody(kib = 10_256)
    @Allowed(value = Role.AUTHOR, reach = Allowed.Reach.ANY_KEY)
    @Operation(summary = "Check a module", description = "Another name of /validate/module.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MODULE, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<PackageCheckView> code() {
        return module();
    }
}
