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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.BlockedDigest;
import org.storysign.plugins.plugin.DigestBlocks;
import org.storysign.plugins.plugin.DigestBlocks.Reach;
import org.storysign.plugins.plugin.EmergencyStop;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;

/** Packages and modules that must not run. */
@Path(BASE + "/blocked-digests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "blocked digests")
public class BlockedDigestsResource {

    private final DigestBlocks blocks;
    private final EmergencyStop stop;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public BlockedDigestsResource(DigestBlocks blocks, EmergencyStop stop, CurrentCaller caller, ReceivedBody body) {
        this.blocks = blocks;
        this.stop = stop;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "List blocked digests",
            description = "The tenant's own and those that are blocked everywhere, by digest.")
    public Uni<BlockedDigestListView> list() {
        return blocks.list(caller.actor().tenant())
                .map(all -> new BlockedDigestListView(
                        all.stream().map(BlockedDigestView::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Block a digest",
            description =
                    "Of a package or a module. Plugins that run it become failed and their calls are cancelled, on every replica; it is"
                            + " neither installed, enabled nor activated until it is unblocked. With everywhere, in all tenants at once,"
                            + " also in those to come, which takes the platform's own key. Again, it changes nothing.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BlockForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "It is blocked, and nothing of it runs in the process that answers",
            content = @Content(schema = @Schema(implementation = BlockedDigestView.class)))
    public Uni<Response> block() {
        Caller by = caller.get();
        return body.form(BlockForm.MEMBERS, BlockForm::read)
                .chain(wanted ->
                        stop.block(wanted.digest(), reach(wanted.everywhere(), by), wanted.reason(), by.actor()))
                .map(blocked -> Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, BASE + "/blocked-digests/" + blocked.digest())
                        .entity(BlockedDigestView.of(blocked))
                        .build());
    }

    @DELETE
    @Path("{digest}")
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Unblock a digest",
            description = "Nothing begins to run by that: plugins that were stopped are enabled again by an operator.")
    @APIResponse(responseCode = "204", description = "It is not blocked any more, as far as was said")
    public Uni<Response> unblock(
            @PathParam("digest") String digest,
            @QueryParam("everywhere")
                    @Parameter(description = "true takes away the block of all tenants, not the tenant's own")
                    @Nullable
                    String everywhere) {
        Caller by = caller.get();
        Digest named = Digest.parse(digest).orElseThrow(() -> notFound(digest));
        return blocks.unblock(named, reach(Parameters.flag("everywhere", everywhere), by), by.actor())
                .map(gone -> {
                    if (!gone) {
                        throw notFound(digest);
                    }
                    return Response.noContent().build();
                });
    }

    private static Reach reach(boolean everywhere, Caller by) {
        if (everywhere && !by.isPlatform()) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "Blocking and unblocking everywhere takes the platform's own key; without `everywhere` it is for this"
                            + " tenant.");
        }
        return everywhere ? Reach.EVERYWHERE : Reach.TENANT;
    }

    private static ProblemException notFound(String digest) {
        return new ProblemException(
                ProblemCode.NOT_FOUND,
                "There is no block of " + GuestText.quote(digest) + " of that reach; GET /blocked-digests lists them.");
    }

    /** Everything that is blocked for a tenant. */
    public record BlockedDigestListView(List<BlockedDigestView> blocked) {}

    /** A blocked digest, why, by whom and how far. */
    public record BlockedDigestView(
            String digest, boolean everywhere, String reason, String blockedBy, Instant blockedAt) {

        static BlockedDigestView of(BlockedDigest blocked) {
            return new BlockedDigestView(
                    blocked.digest().value(), blocked.everywhere(), blocked.reason(), blocked.by(), blocked.at());
        }
    }
}
