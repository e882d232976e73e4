package org.storysign.plugins.rest.queue;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.queue.EventFilter;
import org.storysign.plugins.hook.queue.EventState;
import org.storysign.plugins.hook.queue.EventStore;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** Hooks that are handled later: those sent with {@code ?async=true} and those plugins emitted. */
@Path(BASE + "/queue")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "queue")
public class QueueResource {

    private final EventStore store;
    private final QueueChange changes;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public QueueResource(EventStore store, QueueChange changes, CurrentCaller caller, ReceivedBody body) {
        this.store = store;
        this.changes = changes;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "List events",
            description = "The newest first, a page at a time, without what they say. Dead letters are those with"
                    + " `state=dead`.")
    @APIResponse(
            responseCode = "200",
            description = "A page of events",
            content = @Content(schema = @Schema(implementation = EventPageView.class)))
    public Uni<Response> list(
            @QueryParam("state") @Parameter(description = "queued, working, done or dead") @Nullable String state,
            @QueryParam("hook") @Parameter(description = "A hook's name") @Nullable String hook,
            @QueryParam("plugin_id") @Parameter(description = "Who emitted them") @Nullable String plugin,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        EventFilter filter = new EventFilter(
                Parameters.parsed("state", state, EventState::parse, "queued, working, done or dead"),
                Parameters.parsed("hook", hook, HookName::parse, "a hook's name"),
                Parameters.parsed("plugin_id", plugin, PluginId::parse, "a plugin's id"),
                before(cursor));
        return store.list(caller.actor().tenant(), filter, size + 1).map(found -> {
            String next = Pages.next(found, size, event -> Long.toString(event.sequence()));
            List<EventView> events =
                    Pages.page(found, size).stream().map(EventView::of).toList();
            return Pages.answer(new EventPageView(events, next), next, address);
        });
    }

    /** A page of the queue. */
    public record EventPageView(
            List<EventView> events, @Nullable String nextCursor) {}

    @GET
    @Path("{event_id}")
    @Allowed({Role.VIEWER, Role.CALLER})
    @Operation(summary = "Look at an event", description = "How far it is; what it says is at `/call`.")
    public Uni<EventView> get(@PathParam("event_id") String id) {
        return store.find(caller.actor().tenant(), id(id))
                .map(found -> found.map(EventView::of).orElseThrow(() -> QueueChange.notFound(id)));
    }

    @GET
    @Path("{event_id}/call")
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Read what an event says",
            description = "The hook's call, which may hold users' data. `{}` when the event is done.")
    @APIResponse(
            responseCode = "200",
            description = "What POST /hooks/{hook_name} takes",
            content = @Content(schema = @Schema(implementation = Object.class)))
    public Uni<Response> call(@PathParam("event_id") String id) {
        return store.call(caller.actor().tenant(), id(id))
                .map(found -> Response.ok(found.orElseThrow(() -> QueueChange.notFound(id)))
                        .build());
    }

    @POST
    @Path("{event_id}/redrive")
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Bring a dead letter back",
            description = "It is queued again at the end of its ordering key, with all its attempts before it.")
    public Uni<EventView> redrive(@PathParam("event_id") String id) {
        return changes.redrive(id(id), caller.actor()).map(EventView::of);
    }

    @POST
    @Path("redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Bring dead letters back",
            description = "The oldest first, 1,000 at most; ask again while it answers 1,000.")
    @RequestBody(content = @Content(schema = @Schema(implementation = RedriveForm.class)))
    public Uni<RedrivenView> redriveAll() {
        Actor actor = caller.actor();
        return body.form(RedriveForm.MEMBERS, RedriveForm::read)
                .chain(letters -> changes.redrive(letters, actor))
                .map(RedrivenView::new);
    }

    /** How many dead letters are queued again. */
    public record RedrivenView(int redriven) {}

    @DELETE
    @Path("{event_id}")
    @Allowed(Role.OPERATOR)
    @Operation(summary = "Delete an event", description = "Nobody will handle it any more. Not while it is in work.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "409", description = "event-state-conflict: it is in work")
    public Uni<Response> delete(@PathParam("event_id") String id) {
        return changes.delete(id(id), caller.actor())
                .map(gone -> Response.noContent().build());
    }

    private static EventId id(String text) {
        return EventId.parse(text).orElseThrow(() -> QueueChange.notFound(text));
    }

    private static OptionalLong before(@Nullable String cursor) {
        return Pages.after(cursor)
                .flatMap(text ->
                        Parameters.parsed("cursor", text, QueueResource::number, "the next_cursor of the page before"))
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
