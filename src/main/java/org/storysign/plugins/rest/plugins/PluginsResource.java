package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
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
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.DryRuns;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.Plugin.Mode;
import org.storysign.plugins.plugin.PluginFilter;
import org.storysign.plugins.plugin.PluginLifecycle;
import org.storysign.plugins.plugin.PluginModes;
import org.storysign.plugins.plugin.PluginStore;
import org.storysign.plugins.plugin.PluginStore.DataOnRemoval;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** Looks at plugins, turns them on and off, removes them. */
@Path(BASE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "plugins")
public class PluginsResource {

    static final String DRY_RUN =
            "true answers what would be: problems, what is to be agreed to with its consent id, and what is to be enabled before."
                    + " Nothing is stored, and nothing of the plugin runs";

    private static final Set<String> STATES =
            Set.of("installed", "enabling", "enabled", "disabled", "quarantined", "failed");

    private final PluginStore store;
    private final PluginLifecycle lifecycle;
    private final DryRuns dryRuns;
    private final PluginModes modes;
    private final PluginViews views;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public PluginsResource(
            PluginStore store,
            PluginLifecycle lifecycle,
            DryRuns dryRuns,
            PluginModes modes,
            PluginViews views,
            CurrentCaller caller,
            ReceivedBody body) {
        this.store = store;
        this.lifecycle = lifecycle;
        this.dryRuns = dryRuns;
        this.modes = modes;
        this.views = views;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "List plugins",
            description = "By id, a page at a time. The header Link leads to the next page.")
    @APIResponse(
            responseCode = "200",
            description = "A page of plugins",
            content = @Content(schema = @Schema(implementation = PluginListView.class)))
    public Uni<Response> list(
            @QueryParam("status") @Parameter(description = "Only plugins in this state", example = "enabled") @Nullable
                    String status,
            @QueryParam("text") @Parameter(description = "Part of the id, name or description, in any case") @Nullable
                    String text,
            @QueryParam("permission")
                    @Parameter(description = "Only plugins that ask for it", example = "network:access")
                    @Nullable
                    String permission,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        PluginFilter filter = new PluginFilter(
                Parameters.parsed(
                        "status",
                        status,
                        said -> Optional.of(said).filter(STATES::contains),
                        "one of " + String.join(", ", STATES.stream().sorted().toList())),
                Parameters.parsed(
                        "text", text, said -> Optional.of(said).filter(part -> part.indexOf('\0') < 0), "without NUL"),
                Parameters.parsed("permission", permission, PermissionName::parse, "the name of a permission"),
                Pages.after(cursor).map(PluginAddress::id),
                size + 1);
        return store.list(caller.actor().tenant(), filter).map(found -> page(found, size, address));
    }

    private static Response page(List<Plugin> found, int size, UriInfo address) {
        String next = Pages.next(found, size, plugin -> plugin.id().value());
        List<PluginSummaryView> plugins =
                Pages.page(found, size).stream().map(PluginSummaryView::of).toList();
        return Pages.answer(new PluginListView(plugins, next), next, address);
    }

    @GET
    @Path("{plugin_id}")
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "Look at a plugin",
            description =
                    "Manifest, releases, state, grants and the limits in effect. The ETag is the plugin's revision.")
    @APIResponse(
            responseCode = "200",
            description = "The plugin",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    @APIResponse(responseCode = "304", description = "The client has this revision already")
    public Uni<Response> get(
            @PathParam("plugin_id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return views.find(caller.actor().tenant(), PluginAddress.id(id))
                .chain(views::view)
                .map(view -> Revisions.answer(view, view.revision(), ifNoneMatch));
    }

    @DELETE
    @Path("{plugin_id}")
    @Allowed(Role.INSTALLER)
    @Operation(summary = "Uninstall a plugin", description = "Its data goes with it unless keep_data is true.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public Uni<Response> uninstall(
            @PathParam("plugin_id") String id,
            @QueryParam("keep_data")
                    @Parameter(description = "true keeps the plugin's data for a later install")
                    @Nullable
                    String keepData) {
        DataOnRemoval data = Parameters.flag("keep_data", keepData) ? DataOnRemoval.KEEP : DataOnRemoval.DELETE;
        return lifecycle
                .uninstall(PluginAddress.id(id), data, caller.actor())
                .replaceWith(() -> Response.noContent().build());
    }

    @POST
    @Path("{plugin_id}/enable")
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Enable a plugin",
            description =
                    "Gives it the grants and makes it serve. What is wider than the last consent is answered with"
                            + " consent-required, the difference in plain words and a consent id; repeat the call with that id to agree.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EnableForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The enabled plugin; with dry_run, what would be",
            content = @Content(schema = @Schema(oneOf = {PluginView.class, DryRunView.class})))
    public Uni<Response> enable(
            @PathParam("plugin_id") String id,
            @QueryParam("dry_run") @Parameter(description = DRY_RUN) @Nullable String dryRun) {
        PluginId plugin = PluginAddress.id(id);
        Actor actor = caller.actor();
        boolean dry = Parameters.flag("dry_run", dryRun);
        return body.form(EnableForm.MEMBERS, EnableForm::read)
                .chain(request -> dry
                        ? dryRuns.enable(plugin, request, actor)
                                .map(run -> Response.ok(DryRunView.of(run)).build())
                        : lifecycle.enable(plugin, request, actor).chain(this::answer));
    }

    @POST
    @Path("{plugin_id}/disable")
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Disable a plugin",
            description = "Running calls are cancelled. A disabled plugin stays as it is.")
    @APIResponse(
            responseCode = "200",
            description = "The disabled plugin",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public Uni<Response> disable(@PathParam("plugin_id") String id) {
        PluginId plugin = PluginAddress.id(id);
        Actor actor = caller.actor();
        return body.form(Set.of(), _ -> Optional.of(plugin))
                .chain(checked -> lifecycle.disable(checked, actor))
                .chain(this::answer);
    }

    @PUT
    @Path("{plugin_id}/mode")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Only observe a plugin, or let it count",
            description =
                    "In mode observe a plugin runs and is recorded, and changes nothing: what its handlers answer is not merged, their"
                            + " failure and their stop refuse nothing, and functions of the platform keep nothing, as in a dry run."
                            + " `/invocations` tells what each call would have changed. In force for calls that begin after; in any state.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ModeForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The plugin in this mode",
            content = @Content(schema = @Schema(implementation = PluginView.class)))
    public Uni<Response> mode(
            @PathParam("plugin_id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        PluginId plugin = PluginAddress.id(id);
        Actor actor = caller.actor();
        OptionalLong revision = ifMatch == null ? OptionalLong.empty() : OptionalLong.of(Revisions.required(ifMatch));
        return body.form(ModeForm.MEMBERS, ModeForm::read)
                .chain(mode -> modes.change(plugin, mode, revision, actor))
                .chain(this::answer);
    }

    /** The body of PUT /{plugin_id}/mode. */
    @Schema(name = "ModeForm")
    record ModeForm(
            @Schema(
                    description = "What comes of its calls",
                    required = true,
                    enumeration = {"active", "observe"})
            String mode) {

        static final Set<String> MEMBERS = Set.of("mode");

        static Optional<Mode> read(JsonFields fields) {
            fields.require("mode");
            return fields.parsed(
                    "mode",
                    text -> Stream.of(Mode.values())
                            .filter(mode -> mode.publicName().equals(text))
                            .findFirst(),
                    "active or observe");
        }
    }

    private Uni<Response> answer(Plugin plugin) {
        return views.view(plugin).map(view -> Revisions.answer(view, view.revision(), null));
    }
}
