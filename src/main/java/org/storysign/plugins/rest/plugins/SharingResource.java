package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.SharedDistribution;
import org.storysign.plugins.plugin.SharedPlugins;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;

/** Plugins that the platform gives to every tenant. */
@Path(BASE + "/{plugin_id}/sharing")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "plugins")
public class SharingResource {

    private final SharedPlugins shared;
    private final SharedDistribution distribution;
    private final PluginViews views;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public SharingResource(
            SharedPlugins shared,
            SharedDistribution distribution,
            PluginViews views,
            CurrentCaller caller,
            ReceivedBody body) {
        this.shared = shared;
        this.distribution = distribution;
        this.views = views;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Look whether all tenants get a plugin",
            description = "With the platform's own key; the tenant is the one that has the plugin.")
    @APIResponse(
            responseCode = "200",
            description = "How it is shared",
            content = @Content(schema = @Schema(implementation = SharingView.class)))
    public Uni<SharingView> get(@PathParam("plugin_id") String id) {
        Caller by = platform();
        PluginId plugin = PluginAddress.id(id);
        return views.find(by.actor().tenant(), plugin).chain(there -> view(plugin, by));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Give a plugin to all tenants, or no more",
            description =
                    "With the platform's own key. Its active release is brought into every tenant, those to come as well, as an upload would"
                            + " be: each tenant's policy and publishers are asked, it is not enabled, and grants, consent, configuration"
                            + " and data are the tenant's own. When another release becomes the active one, it is brought too, and waits"
                            + " where the plugin serves. A tenant that has a plugin of this id from elsewhere keeps its own. What was"
                            + " brought stays when the plugin is not shared any more.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SharingForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "How it is shared now; tenants get it within a minute",
            content = @Content(schema = @Schema(implementation = SharingView.class)))
    public Uni<SharingView> put(@PathParam("plugin_id") String id) {
        Caller by = platform();
        PluginId plugin = PluginAddress.id(id);
        return body.form(SharingForm.MEMBERS, SharingForm::read)
                .call(wanted -> views.find(by.actor().tenant(), plugin))
                .chain(wanted -> wanted
                        ? shared.share(plugin, by.actor()).call(distribution::bring)
                        : shared.unshare(plugin, by.actor()).replaceWithVoid())
                .chain(done -> view(plugin, by));
    }

    private Uni<SharingView> view(PluginId plugin, Caller by) {
        return shared.find(by.actor().tenant(), plugin).map(sharing -> SharingView.of(plugin, sharing));
    }

    private Caller platform() {
        Caller by = caller.get();
        if (!by.isPlatform()) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "Sharing a plugin with all tenants takes the platform's own key.");
        }
        return by;
    }
}
