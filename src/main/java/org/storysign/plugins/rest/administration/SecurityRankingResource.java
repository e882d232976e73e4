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
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
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

    private static final String WORST = "worst";
    private static final Set<String> ORDERS = Set.of("plugin", WORST);

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
            summary = "List plugins' security scores",
            description = "By id, or the worst first; a page at a time. The header Link leads to the next page.")
    @APIResponse(
            responseCode = "200",
            description = "A page of scores with their reasons",
            content = @Content(schema = @Schema(implementation = SecurityReportListView.class)))
    public Uni<Response> list(
            @QueryParam("order")
                    @Parameter(
                            description =
                                    "plugin, by id, when it is not said; or worst, the lowest score first: that scores every"
                                            + " plugin of the tenant for each page",
                            schema = @Schema(enumeration = {"plugin", WORST}))
                    @Nullable
                    String order,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        TenantId tenant = caller.actor().tenant();
        boolean worst = Parameters.parsed(
                        "order", order, said -> Optional.of(said).filter(ORDERS::contains), "plugin or worst")
                .filter(WORST::equals)
                .isPresent();
        return worst
                ? reports.worst(tenant, after(cursor, SecurityRankingResource::place), size + 1)
                        .map(found -> page(found, size, each -> each.score() + " " + each.plugin(), address))
                : reports.byId(tenant, after(cursor, PluginId::parse), size + 1)
                        .map(found -> page(found, size, Ranked::plugin, address));
    }

    private static <T> Optional<T> after(@Nullable String cursor, Function<String, Optional<T>> reading) {
        return Parameters.parsed(
                "cursor", Pages.after(cursor).orElse(null), reading, "the next_cursor of the page before");
    }

    private static Response page(List<Ranked> found, int size, Function<Ranked, String> position, UriInfo address) {
        String next = Pages.next(found, size, position);
        return Pages.answer(new SecurityReportListView(Pages.page(found, size), next), next, address);
    }

    private static Optional<Place> place(String text) {
        int space = text.indexOf(' ');
        String score = space < 0 ? "" : text.substring(0, space);
        return score.matches("[0-9]{1,3}")
                ? Optional.of(new Place(Integer.parseInt(score), text.substring(space + 1)))
                : Optional.empty();
    }

    /** A page of plugins. */
    public record SecurityReportListView(
            List<Ranked> reports, @Nullable String nextCursor) {}
}
