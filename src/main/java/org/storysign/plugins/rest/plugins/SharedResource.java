package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
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
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.PluginSharing;
import org.storysign.plugins.plugin.SharedOffer;
import org.storysign.plugins.plugin.SharedPlugins.Novelty;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** Plugins that the platform shares with all tenants. */
@Path(BASE + "/shared")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "shared plugins")
public class SharedResource {

    private final PluginSharing sharing;
    private final PluginViews views;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public SharedResource(PluginSharing sharing, PluginViews views, CurrentCaller caller, ReceivedBody body) {
        this.sharing = sharing;
        this.views = views;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "List shared plugins",
            description = "What the platform offers to every tenant, by id, and what this tenant made of it.")
    @APIResponse(
            responseCode = "200",
            description = "A page of shared plugins",
            content = @Content(schema = @Schema(implementation = SharedListView.class)))
    public Uni<Response> list(
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        Optional<PluginId> after = Pages.after(cursor).map(PluginAddress::id);
        return sharing.offers(caller.actor().tenant(), after, size + 1).map(found -> page(found, size, address));
    }

    private static Response page(List<SharedOffer> found, int size, UriInfo address) {
        String next =
                Pages.next(found, size, offer -> offer.release().manifest().id().value());
        List<SharedPluginView> offers =
                Pages.page(found, size).stream().map(SharedPluginView::of).toList();
        return Pages.answer(new SharedListView(offers, next), next, address);
    }

    @PUT
    @Path("{plugin_id}")
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Share a plugin with all tenants",
            description =
                    "Offers a release that the tenant `system-shared` has: the one named, else its active one. A tenant that"
                            + " adopted the plugin gets it as a release that waits for its operator, and for consent when it asks for more; where"
                            + " the plugin does not serve, it becomes the active one. Again, it changes nothing.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ShareForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "It is offered",
            content = @Content(schema = @Schema(implementation = SharingView.class)))
    public Uni<SharingView> share(@PathParam("plugin_id") String id) {
        PluginId plugin = PluginAddress.id(id);
        Actor actor = caller.actor();
        return body.form(
                        ShareForm.MEMBERS,
                        fields -> Optional.of(
                                new Wanted(fields.parsed("version", Version::parse, "a version such as 1.2.0"))))
                .chain(wanted -> sharing.share(plugin, wanted.version(), actor))
                .map(SharingView::of);
    }

    @DELETE
    @Path("{plugin_id}")
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Share a plugin no more",
            description =
                    "Nobody adopts it any more, and it gets no new releases. Tenants that adopted it keep it and it goes on serving;"
                            + " their audit trail tells them. To stop it everywhere, block its digest.")
    @APIResponse(
            responseCode = "200",
            description = "It is not offered any more",
            content = @Content(schema = @Schema(implementation = WithdrawalView.class)))
    public Uni<WithdrawalView> unshare(@PathParam("plugin_id") String id) {
        PluginId plugin = PluginAddress.id(id);
        Actor actor = caller.actor();
        return sharing.withdraw(plugin, actor).map(keep -> new WithdrawalView(plugin.value(), keep));
    }

    @POST
    @Path("{plugin_id}/adopt")
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Adopt a shared plugin",
            description =
                    "Makes it a plugin of this tenant, with grants, consent, configuration and data of its own, under the same id;"
                            + " its releases are the platform's. It is enabled, looked at and uninstalled like any other. Again, it changes nothing.")
    @APIResponse(
            responseCode = "201",
            description = "The plugin, installed and without grants",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The plugin, adopted before",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    @APIResponse(
            responseCode = "409",
            description = "`plugin-shared`: the tenant has a plugin of its own under this id")
    public Uni<Response> adopt(@PathParam("plugin_id") String id) {
        PluginId plugin = PluginAddress.id(id);
        Actor actor = caller.actor();
        return body.form(Set.of(), _ -> Optional.of(plugin))
                .chain(checked -> sharing.adopt(checked, actor))
                .chain(adoption -> views.view(adoption.plugin())
                        .map(view -> adoption.novelty() == Novelty.NEW
                                ? Response.status(Response.Status.CREATED)
                                        .header(HttpHeaders.LOCATION, PluginAddress.of(plugin))
                                        .entity(view)
                                        .build()
                                : Response.ok(view).build()));
    }

    /** What was asked for. */
    private record Wanted(Optional<Version> version) {}

    /** The body of PUT /shared/{plugin_id}. */
    @Schema(name = "ShareForm")
    record ShareForm(
            @Schema(description = "A release of it; its active one when it is not said", examples = "1.2.0")
            String version) {

        static final Set<String> MEMBERS = Set.of("version");
    }
}
