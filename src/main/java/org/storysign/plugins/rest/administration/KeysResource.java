package org.storysign.plugins.rest.administration;

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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;
import org.storysign.plugins.security.KeyService;

/** API keys of a tenant. */
@Path(BASE + "/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "keys")
public class KeysResource {

    private final KeyService keys;
    private final CurrentCaller caller;
    private final ReceivedBody body;
    private final Clock clock;

    @Inject
    public KeysResource(KeyService keys, CurrentCaller caller, ReceivedBody body, Clock clock) {
        this.keys = keys;
        this.caller = caller;
        this.body = body;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(summary = "Make a key", description = "The answer shows its secret; nothing ever shows it again.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = KeyForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "The key and its secret",
            content = @Content(schema = @Schema(implementation = CreatedKeyView.class)))
    public Uni<Response> create() {
        Actor actor = caller.actor();
        return body.form(KeyForm.MEMBERS, fields -> KeyForm.read(fields, clock.instant()))
                .chain(request -> keys.create(request, actor))
                .map(created -> Response.status(Response.Status.CREATED)
                        .header(
                                HttpHeaders.LOCATION,
                                BASE + "/keys/" + created.key().id())
                        .entity(CreatedKeyView.of(created))
                        .build());
    }

    @GET
    @Allowed(Role.ADMIN)
    @Operation(summary = "List keys", description = "Revoked and expired ones too, without secrets.")
    public Uni<KeyListView> list() {
        return keys.list(caller.actor().tenant())
                .map(found -> new KeyListView(found.stream().map(KeyView::of).toList()));
    }

    /** Every key of a tenant. */
    public record KeyListView(List<KeyView> keys) {}

    @DELETE
    @Path("{key_id}")
    @Allowed(Role.ADMIN)
    @Operation(summary = "Revoke a key", description = "It is refused within two seconds on every replica.")
    @APIResponse(responseCode = "204", description = "It is revoked")
    public Uni<Response> revoke(@PathParam("key_id") String id) {
        return keys.revoke(id(id), caller.actor()).map(revoked -> {
            if (!revoked) {
                throw notFound(id);
            }
            return Response.noContent().build();
        });
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw notFound(text);
        }
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "There is no key " + GuestText.quote(id) + ", or it was revoked before.");
    }
}
