package org.storysign.plugins.rest.services;

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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.platform.connect.Connectors;
import org.storysign.plugins.platform.records.ContentRecords;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.rest.http.UserAddress;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;

/** The content that plugins list and search; brought by the product. */
@Path(BASE + "/store/content/{content_id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "content")
public class ContentResource {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}");

    private final ContentRecords content;
    private final Connectors connectors;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public ContentResource(ContentRecords content, Connectors connectors, CurrentCaller caller, ReceivedBody body) {
        this.content = content;
        this.connectors = connectors;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.CALLER)
    @Operation(summary = "Read an item", description = "Whosever it is. The ETag is the revision.")
    @APIResponse(
            responseCode = "200",
            description = "The item",
            content = @Content(schema = @Schema(implementation = ContentView.class)))
    @APIResponse(responseCode = "304", description = "The client has this revision already")
    public Uni<Response> get(
            @PathParam("content_id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        TenantId tenant = tenant();
        return content.find(tenant, id(id))
                .map(found -> found.orElseThrow(() -> notFound(id)))
                .map(found -> Revisions.answer(ContentView.of(found), found.revision(), ifNoneMatch));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @LargestBody(kib = 512)
    @Allowed(Role.CALLER)
    @Operation(
            summary = "Write an item",
            description = "`If-None-Match: *` only creates, `If-Match` only replaces that revision.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ContentForm.class)))
    @APIResponse(responseCode = "201", description = "Created; the ETag is the revision")
    @APIResponse(responseCode = "204", description = "Replaced; the ETag is the revision")
    public Uni<Response> put(
            @PathParam("content_id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        TenantId tenant = tenant();
        String item = id(id);
        WriteCondition condition = Revisions.condition(ifMatch, ifNoneMatch);
        return body.form(ContentForm.MEMBERS, ContentForm::read)
                .chain(draft -> content.put(tenant, item, draft, condition))
                .map(Revisions::written);
    }

    @DELETE
    @Allowed(Role.CALLER)
    @Operation(summary = "Delete an item", description = "With `If-Match` only that revision.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public Uni<Response> delete(
            @PathParam("content_id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        TenantId tenant = tenant();
        return content.delete(tenant, id(id), Revisions.condition(ifMatch, null))
                .map(outcome -> switch (outcome) {
                    case WriteOutcome.Missing _ -> throw notFound(id);
                    case WriteOutcome.ConditionFailed _ -> throw Revisions.stale();
                    case WriteOutcome.Done _ -> Response.noContent().build();
                    case WriteOutcome.OverLimit _ -> throw new IllegalStateException("a delete cannot be over a limit");
                });
    }

    /**
     * Items belong to users, so a key that may name none may not come here; nobody may, with {@code kept-elsewhere}, when the product keeps
     * its content itself.
     */
    private TenantId tenant() {
        Caller by = caller.get();
        UserAddress.requireAny(by);
        connectors.requireEmbedded(PlatformService.CONTENT);
        return by.actor().tenant();
    }

    private static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID, GuestText.quote(text) + " is no content's id, expected " + ID + ".");
        }
        return text;
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no content " + GuestText.quote(id) + ".");
    }

    /** An item of content. */
    public record ContentView(
            String id,
            String kind,
            String language,
            String title,
            String text,
            @Nullable String userId,
            @Nullable String pluginId,
            Instant createdAt) {

        static ContentView of(ContentItem item) {
            return new ContentView(
                    item.id(),
                    item.draft().kind(),
                    item.draft().language(),
                    item.draft().title(),
                    item.draft().text(),
                    item.user().map(UserId::value).orElse(null),
                    item.plugin().map(Object::toString).orElse(null),
                    item.createdAt());
        }
    }
}
