package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
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
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginLifecycle;
import org.storysign.plugins.plugin.SealedConfig;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** A plugin's configuration; its own revision is the ETag. */
@Path(BASE + "/{plugin_id}/config")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "configuration")
public class ConfigResource {

    private final PluginLifecycle lifecycle;
    private final PluginViews views;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public ConfigResource(PluginLifecycle lifecycle, PluginViews views, CurrentCaller caller, ReceivedBody body) {
        this.lifecycle = lifecycle;
        this.views = views;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.OPERATOR)
    @Operation(summary = "Read a plugin's configuration", description = "The ETag is what a PUT must send as If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "The configuration",
            content = @Content(schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "304", description = "The client has this revision already")
    public Uni<Response> get(
            @PathParam("plugin_id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return views.find(caller.actor().tenant(), PluginAddress.id(id)).map(plugin -> answer(plugin, ifNoneMatch));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @LargestBody(kib = 256)
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Replace a plugin's configuration",
            description =
                    "The whole of it, valid by the manifest's config_schema and, if the module exports `validate_config`, accepted by the"
                            + " plugin. Secrets (`writeOnly`) are encrypted and never shown; those that are not sent stay, and null takes"
                            + " one away (secrets in arrays are always sent). If-Match with the present ETag is required.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Object.class)))
    @APIResponse(
            responseCode = "200",
            description = "The new configuration",
            content = @Content(schema = @Schema(implementation = Object.class)))
    public Uni<Response> put(
            @PathParam("plugin_id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dry_run")
                    @Parameter(description = "true answers what the configuration would become, and changes nothing")
                    @Nullable
                    String dryRun) {
        PluginId plugin = PluginAddress.id(id);
        Actor actor = caller.actor();
        long revision = Revisions.required(ifMatch);
        boolean dry = Parameters.flag("dry_run", dryRun);
        return body.object()
                .chain(config -> dry
                        ? lifecycle.configured(plugin, config, revision, actor)
                        : lifecycle.configure(plugin, config, revision, actor))
                .map(changed -> answer(changed, null));
    }

    private static Response answer(Plugin plugin, @Nullable String ifNoneMatch) {
        return Revisions.answer(SealedConfig.clear(plugin.config()), plugin.configRevision(), ifNoneMatch);
    }
}
