package org.storysign.plugins.rest.administration;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.AuditTrail;
import org.storysign.plugins.security.AuditTrail.RecordedEntry;
import org.storysign.plugins.security.CurrentCaller;

/** Who changed what. */
@Path(BASE + "/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
public class AuditResource {

    private final AuditTrail trail;
    private final CurrentCaller caller;

    @Inject
    public AuditResource(AuditTrail trail, CurrentCaller caller) {
        this.trail = trail;
        this.caller = caller;
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

        static AuditEntryView of(RecordedEntry entry) {
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
