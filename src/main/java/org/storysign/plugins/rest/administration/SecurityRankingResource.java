package org.storysign.plugins.rest.administration;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.SecurityReports;
import org.storysign.plugins.plugin.SecurityReports.Place;
import org.storysign.plugins.plugin.SecurityReports.Ranked;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** Which plugins to look at first. */
@Path(BASE + "/security")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "security")
public class SecurityRankingResource {

    private final SecurityReports reports;
    private final CurrentCaller caller;

    @Inject
    public SecurityRankingResource(SecurityReports reports, CurrentCaller caller) {
        this.reports = reports;
        this.caller = caller;
    }

    @GET
    @Path("reports")
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "List plugins by security score",
            description = "The worst first, a page at a time. The header Link leads to the next page.")
    @APIResponse(
            responseCode = "200",
            description = "A page of scores with their reasons",
            content = @Content(schema = @Schema(implementation = SecurityReportListView.class)))
    public Uni<Response> list(
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        Optional<Place> after = Parameters.parsed(
                "cursor",
                Pages.after(cursor).orElse(null),
                SecurityRankingResource::place,
                "the next_cursor of the page before");
        return reports.worst(caller.actor().tenant(), after, size + 1).map(found -> {
            String next = Pages.next(found, size, each -> each.score() + " " + each.plugin());
            return Pages.answer(new SecurityReportListView(Pages.page(found, size), next), next, address);
        });
    }

    private static Optional<Place> place(String text) {
        int space = text.indexOf(' ');
        String score = space < 0 ? "" : text.substring(0, space);
        return score.matches("[0-9]{1,3}")
                ? Optional.of(new Place(Integer.parseInt(score), text.substring(space + 1)))
                : Optional.empty();
    }

    /** A page of plugins, the worst first. */
    public record SecurityReportListView(
            List<Ranked> reports, @Nullable String nextCursor) {}
}
