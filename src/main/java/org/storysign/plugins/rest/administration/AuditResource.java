package org.storysign.plugins.rest.administration;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditLines;
import org.storysign.plugins.audit.AuditRecord;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.AuditCheckpoints;
import org.storysign.plugins.security.AuditTrail;
import org.storysign.plugins.security.CurrentCaller;

/** Who changed what. */
@Path(BASE + "/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
public class AuditResource {

    private static final String LINES = "application/x-ndjson";
    private static final int EXPORTED_ENTRIES = 1_000;

    private final AuditTrail trail;
    private final AuditCheckpoints checkpoints;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public AuditResource(AuditTrail trail, AuditCheckpoints checkpoints, CurrentCaller caller, ReceivedBody body) {
        this.trail = trail;
        this.checkpoints = checkpoints;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.AUDITOR)
    @Operation(
            summary = "Read the audit trail",
            description =
                    "The newest entry first, a page at a time. Each hash covers its entry and the hash of the one before.")
    @APIResponse(
            responseCode = "200",
            description = "A page of entries",
            content = @Content(schema = @Schema(implementation = AuditPageView.class)))
    public Uni<Response> page(
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        OptionalLong before =
                Pages.numberAfter(cursor).stream().mapToLong(Long::longValue).findFirst();
        return trail.page(caller.actor().tenant(), before, size + 1).map(found -> {
            String next = Pages.next(found, size, entry -> Long.toString(entry.sequence()));
            List<AuditEntryView> entries =
                    Pages.page(found, size).stream().map(AuditEntryView::of).toList();
            return Pages.answer(new AuditPageView(entries, next), next, address);
        });
    }

    @GET
    @Path("export")
    @Produces(LINES)
    @Allowed(Role.AUDITOR)
    @Operation(
            summary = "Export the audit trail",
            description =
                    "The oldest entry first, a line of JSON each, at most 1,000; a Link with rel=next leads on, and there is none when"
                            + " all has been said. `./storysign audit verify` checks the lines without asking any service.")
    @APIResponse(
            responseCode = "200",
            description = "Entries, a line each",
            content = @Content(mediaType = LINES, schema = @Schema(implementation = String.class)))
    public Uni<Response> export(
            @QueryParam("cursor") @Parameter(description = "Where the Link of the page before leads") @Nullable
                    String cursor,
            @Context UriInfo address) {
        TenantId tenant = caller.actor().tenant();
        long after = Pages.numberAfter(cursor).orElse(0L);
        return trail.following(tenant, after, EXPORTED_ENTRIES + 1).map(found -> {
            String next = Pages.next(found, EXPORTED_ENTRIES, entry -> Long.toString(entry.sequence()));
            return Pages.answer(AuditLines.write(Pages.page(found, EXPORTED_ENTRIES)), next, address);
        });
    }

    @GET
    @Path("checkpoint")
    @Allowed(Role.AUDITOR)
    @Operation(
            summary = "What the audit trail has come to, signed",
            description =
                    "Keep it where whoever runs the database cannot write. Shown again to POST /audit/verify, or to"
                            + " `./storysign audit verify` with an export, it proves that nothing up to it was taken away or written anew.")
    @APIResponse(
            responseCode = "200",
            description = "A signed checkpoint",
            content = @Content(schema = @Schema(implementation = CheckpointView.class)))
    public Uni<CheckpointView> checkpoint() {
        return checkpoints.now(caller.actor().tenant()).map(CheckpointView::of);
    }

    @GET
    @Path("key")
    @Produces("application/x-pem-file")
    @Allowed(Role.AUDITOR)
    @Operation(
            summary = "The key that checkpoints are verified with",
            description = "A public key in PEM. Compare its fingerprint with the one you know from elsewhere.")
    @APIResponse(
            responseCode = "200",
            description = "The key",
            content = @Content(mediaType = "application/x-pem-file", schema = @Schema(implementation = String.class)))
    public String key() {
        return checkpoints.key().pem();
    }

    @POST
    @Path("verify")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.AUDITOR)
    @Operation(
            summary = "Verify the audit trail",
            description = "Follows the whole chain and compares it with checkpoints that were kept. Changes nothing.")
    @RequestBody(content = @Content(schema = @Schema(implementation = CheckpointsForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "What was found",
            content = @Content(schema = @Schema(implementation = AuditVerdictView.class)))
    public Uni<AuditVerdictView> verify() {
        TenantId tenant = caller.actor().tenant();
        return body.form(CheckpointsForm.MEMBERS, CheckpointsForm::read)
                .chain(shown -> checkpoints.verify(tenant, shown))
                .map(AuditVerdictView::of);
    }

    /** A page of the trail. */
    public record AuditPageView(
            List<AuditEntryView> entries, @Nullable String nextCursor) {}

    /** One change. */
    public record AuditEntryView(
            long sequence,
            Instant at,
            String actor,
            String action,
            String subject,

            @JsonRawValue @Schema(implementation = Object.class)
            String facts,

            String hash) {

        static AuditEntryView of(AuditRecord entry) {
            return new AuditEntryView(
                    entry.sequence(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.subject(),
                    entry.facts(),
                    entry.hash());
        }
    }
}
