package org.storysign.plugins.rest.services;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.connect.Connectors;
import org.storysign.plugins.platform.records.UserRecords;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.rest.http.UserAddress;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** What plugins may know of the product's users; told by the product. */
@Path(BASE + "/users/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users")
public class UsersResource {

    private final UserRecords users;
    private final Connectors connectors;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public UsersResource(UserRecords users, Connectors connectors, CurrentCaller caller, ReceivedBody body) {
        this.users = users;
        this.connectors = connectors;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.CALLER)
    @Operation(summary = "Read a user", description = "The ETag is the revision, which plugins' changes step too.")
    @APIResponse(
            responseCode = "200",
            description = "What plugins may know",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    @APIResponse(responseCode = "304", description = "The client has this revision already")
    public Uni<Response> get(
            @PathParam("user_id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        UserId user = user(id);
        TenantId tenant = caller.actor().tenant();
        return users.find(tenant, user)
                .map(found -> found.orElseThrow(() -> notFound(user)))
                .map(found -> Revisions.answer(UserView.of(user, found), found.revision(), ifNoneMatch));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @LargestBody(kib = 160)
    @Allowed(Role.CALLER)
    @Operation(
            summary = "Tell of a user",
            description =
                    "What is absent stays as it is. `If-None-Match: *` only creates, `If-Match` only replaces that"
                            + " revision.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = UserForm.class)))
    @APIResponse(responseCode = "201", description = "Known from now on; the ETag is the revision")
    @APIResponse(responseCode = "204", description = "Changed; the ETag is the revision")
    public Uni<Response> put(
            @PathParam("user_id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        UserId user = user(id);
        TenantId tenant = caller.actor().tenant();
        WriteCondition condition = Revisions.condition(ifMatch, ifNoneMatch);
        return body.form(UserForm.MEMBERS, UserForm::read)
                .chain(update -> users.put(tenant, user, update, condition))
                .map(Revisions::written);
    }

    /** Of whom the product tells here; fails with {@code kept-elsewhere} when it keeps its users itself. */
    private UserId user(String id) {
        UserId user = UserAddress.required(id, caller.get());
        connectors.requireEmbedded(PlatformService.USERS);
        return user;
    }

    private static ProblemException notFound(UserId user) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "Nobody has told of a user " + GuestText.quote(user.value()) + ".");
    }

    /** A user. */
    public record UserView(
            String userId,

            @JsonRawValue @Schema(implementation = Object.class)
            String profile,

            @JsonRawValue @Schema(implementation = Object.class)
            String progress,

            @JsonRawValue @Schema(implementation = Object.class)
            String preferences) {

        static UserView of(UserId user, UserRecord found) {
            return new UserView(user.value(), found.profile(), found.progress(), found.preferences());
        }
    }
}
