package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.platform.KeyValueStore.KeyRange;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** What a plugin keeps: its own keys, or with user_id those of one user. */
@Path(BASE + "/{plugin_id}/data")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "data")
public class DataResource {

    private static final String FOR_USER = "The user whose keys are meant; the plugin's own when it is not said";

    private final PluginData data;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public DataResource(PluginData data, CurrentCaller caller, ReceivedBody body) {
        this.data = data;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.OPERATOR)
    @Operation(summary = "List keys", description = "In order of their bytes, a page at a time.")
    @APIResponse(
            responseCode = "200",
            description = "A page of keys",
            content = @Content(schema = @Schema(implementation = DataKeysView.class)))
    public Uni<Response> list(
            @PathParam("plugin_id") String id,
            @QueryParam("prefix") @Parameter(description = "What the keys begin with") @Nullable String prefix,
            @QueryParam("user_id") @Parameter(description = FOR_USER) @Nullable String user,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        KeyRange range = new KeyRange(Optional.ofNullable(prefix).orElse(""), Pages.after(cursor), size + 1);
        return data.keys(data.owner(id, user, caller.get()), range).map(found -> {
            String next = Pages.next(found, size, key -> key);
            return Pages.answer(new DataKeysView(Pages.page(found, size), next), next, address);
        });
    }

    /** A page of keys. */
    public record DataKeysView(List<String> keys, @Nullable String nextCursor) {}

    @GET
    @Path("{key:.+}")
    @Allowed(Role.OPERATOR)
    @Operation(summary = "Read a value", description = "The ETag is the key's revision.")
    @APIResponse(
            responseCode = "200",
            description = "The value",
            content = @Content(schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "304", description = "The client has this revision already")
    public Uni<Response> get(
            @PathParam("plugin_id") String id,
            @PathParam("key") String key,
            @QueryParam("user_id") @Parameter(description = FOR_USER) @Nullable String user,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return data.get(data.owner(id, user, caller.get()), key)
                .map(value -> Revisions.answer(value.json(), value.revision(), ifNoneMatch));
    }

    @PUT
    @Path("{key:.+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @LargestBody(kib = 1_025)
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Write a value",
            description = "Any JSON. `If-None-Match: *` only creates, `If-Match` only replaces that revision.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "201", description = "Created; the ETag is the key's revision")
    @APIResponse(responseCode = "204", description = "Replaced; the ETag is the key's revision")
    public Uni<Response> put(
            @PathParam("plugin_id") String id,
            @PathParam("key") String key,
            @QueryParam("user_id") @Parameter(description = FOR_USER) @Nullable String user,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        PluginData.Target target = data.owner(id, user, caller.get());
        WriteCondition condition = Revisions.condition(ifMatch, ifNoneMatch);
        return body.json()
                .chain(value -> data.put(target, key, value.toString(), condition))
                .map(Revisions::written);
    }

    @DELETE
    @Path("{key:.+}")
    @Allowed(Role.OPERATOR)
    @Operation(summary = "Delete a value", description = "With `If-Match` only that revision.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public Uni<Response> delete(
            @PathParam("plugin_id") String id,
            @PathParam("key") String key,
            @QueryParam("user_id") @Parameter(description = FOR_USER) @Nullable String user,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return data.delete(data.owner(id, user, caller.get()), key, Revisions.condition(ifMatch, null))
                .replaceWith(() -> Response.noContent().build());
    }
}
