package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.SecurityReport;
import org.storysign.plugins.plugin.SecurityReports;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** What there is to look at before a plugin is trusted. */
@Path(BASE + "/{plugin_id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "security")
public class SecurityResource {

    private final SecurityReports reports;
    private final CurrentCaller caller;

    @Inject
    public SecurityResource(SecurityReports reports, CurrentCaller caller) {
        this.reports = reports;
        this.caller = caller;
    }

    @GET
    @Path("security")
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "Report on a plugin's security",
            description =
                    "What the bytes of the active release tell (imports, memory, embedded secrets, never shown, and hosts, languages), grants"
                            + " against what is asked and used, signatures, denials, dependencies, and a score with its reasons.")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = @Content(schema = @Schema(implementation = SecurityReport.class)))
    public Uni<SecurityReport> report(@PathParam("plugin_id") String id) {
        return reports.report(caller.actor().tenant(), PluginAddress.id(id));
    }
}
