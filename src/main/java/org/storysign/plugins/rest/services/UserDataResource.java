package org.storysign.plugins.rest.services;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.records.UserArchive;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.UserAddress;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** All that is kept about one user, across plugins and services. */
@Path(BASE + "/users/{user_id}/data")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users")
public class UserDataResource {

    private final UserArchive archive;
    private final CurrentCaller caller;

    @Inject
    public UserDataResource(UserArchive archive, CurrentCaller caller) {
        this.archive = archive;
        this.caller = caller;
    }

    @GET
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Export a user's data",
            description =
                    "The product's record, all plugins' keys for the user, content, events and notifications, a page at a"
                            + " time: until a page is empty, its next_cursor leads to the next. A page has fewer documents than the"
                            + " limit once they have 8 MiB. Audited.")
    @APIResponse(
            responseCode = "200",
            description = "A page of documents",
            content = @Content(schema = @Schema(implementation = ExportView.class)))
    public Uni<Response> export(
            @PathParam("user_id") String id,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        UserId user = UserAddress.required(id, caller.get());
        int size = Pages.limit(limit);
        long skipped = Pages.numberAfter(cursor).orElse(0L);
        return archive.export(caller.actor(), user, skipped, size).map(found -> {
            String next = found.isEmpty() ? null : Pages.cursor(Long.toString(skipped + found.size()));
            List<DocumentView> documents = found.stream()
                    .map(document -> new DocumentView(document.part(), document.json()))
                    .toList();
            return Pages.answer(new ExportView(documents, next), next, address);
        });
    }

    /** A page of an export. */
    public record ExportView(
            List<DocumentView> documents, @Nullable String nextCursor) {}

    /** Something that is kept: of the part user, data, content, analytics or notification. */
    public record DocumentView(
            String part,

            @JsonRawValue @Schema(implementation = Object.class)
            String document) {}

    @DELETE
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Erase a user's data",
            description =
                    "All that the export shows. Says how much of each there was; nothing is no fault. Audited: the trail"
                            + " keeps the user's id and the counts.")
    @APIResponse(
            responseCode = "200",
            description = "How much was removed",
            content = @Content(schema = @Schema(implementation = ErasureView.class)))
    public Uni<ErasureView> erase(@PathParam("user_id") String id) {
        UserId user = UserAddress.required(id, caller.get());
        return archive.erase(caller.actor(), user)
                .map(erased -> new ErasureView(
                        erased.users(), erased.keys(), erased.items(), erased.events(), erased.notifications()));
    }

    /** How much was removed. */
    public record ErasureView(long users, long keys, long items, long events, long notifications) {}
}
