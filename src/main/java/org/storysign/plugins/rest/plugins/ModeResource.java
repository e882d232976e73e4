package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.PluginModes;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** Whether what a plugin does counts. */
@Path(BASE + "/{plugin_id}/mode")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "plugins")
public class ModeResource {

    private final PluginModes modes;
    private final PluginViews views;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public ModeResource(PluginModes modes, PluginViews views, CurrentCaller caller, ReceivedBody body) {
        this.modes = modes;
        this.views = views;
        this.caller = caller;
        this.body = body;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Let a plugin serve, or only observe it",
            description =
                    "An observed plugin runs and is recorded (GET /{plugin_id}/invocations, executions of hooks), and changes nothing: what it"
                            + " answers to a hook, writes, sends or refuses has no effect, and its components are not shown. The mode stays"
                            + " whatever becomes of the plugin. If-Match with the plugin's ETag is required.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ModeForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The plugin in this mode",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public Uni<Response> put(
            @PathParam("plugin_id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        PluginId plugin = PluginAddress.id(id);
        long revision = Revisions.required(ifMatch);
        return body.form(ModeForm.MEMBERS, ModeForm::read)
                .chain(mode -> modes.set(plugin, mode, revision, caller.actor()))
                .chain(views::view)
                .map(view -> Revisions.answer(view, view.revision(), null));
    }
}
