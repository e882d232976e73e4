package org.storysign.plugins.rest.tokens;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.UserAddress;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;
import org.storysign.plugins.security.UserToken;
import org.storysign.plugins.security.UserTokens;

/** User tokens. They are not audited one by one: they come by the thousand, change nothing, and name the key that made them. */
@Path(BASE + "/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tokens")
public class TokensResource {

    private final UserTokens tokens;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    TokensResource(UserTokens tokens, CurrentCaller caller, ReceivedBody body) {
        this.tokens = tokens;
        this.caller = caller;
        this.body = body;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(value = Role.CALLER, reach = Allowed.Reach.ANY_KEY)
    @Operation(
            summary = "Make a user token",
            description =
                    "For a user who is signed in to the product. It reaches the plugins that the key reaches, ends after `ttl`"
                            + " seconds or with the key, and is shown once. A key made with `users`: `as-token` makes none.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = TokenForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "The token",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    public Uni<Response> create() {
        Caller by = caller.get();
        UserAddress.requireAny(by);
        return body.form(TokenForm.MEMBERS, TokenForm::read)
                .chain(wanted -> tokens.issue(
                        new UserToken(by.actor().tenant(), wanted.user(), by.plugins(), wanted.channels(), by.key()),
                        wanted.life()))
                .map(issued -> created(new TokenView(
                        issued.secret().reveal(),
                        issued.token().user().value(),
                        issued.token().channels(),
                        issued.expiresAt())));
    }

    @POST
    @Path("ticket")
    @Allowed(value = Role.USER, reach = Allowed.Reach.ANY_KEY)
    @Operation(
            summary = "Make a one-use ticket",
            description =
                    "For the user whose token is sent: where a browser cannot send a header. Valid for 30 seconds, once.")
    @APIResponse(
            responseCode = "201",
            description = "The ticket",
            content = @Content(schema = @Schema(implementation = TicketView.class)))
    public Uni<Response> ticket() {
        UserToken token = caller.get()
                .user()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.REQUEST_INVALID, "A ticket stands for a user: send a user token."));
        return tokens.ticket(token)
                .map(issued -> created(new TicketView(issued.secret().reveal(), issued.expiresAt())));
    }

    private static Response created(Object view) {
        return Response.status(Response.Status.CREATED).entity(view).build();
    }

    /** A token, shown once. */
    public record TokenView(String token, String userId, List<String> channels, Instant expiresAt) {}

    /** A ticket, shown once. */
    public record TicketView(String ticket, Instant expiresAt) {}
}
