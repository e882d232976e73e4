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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.source.OperationId;
import org.storysign.plugins.plugin.source.SourceInstaller;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;

/** Installs that take a while. */
@Path(BASE + "/operations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "packages")
public class OperationsResource {

    private final SourceInstaller sources;
    private final CurrentCaller caller;

    @Inject
    public OperationsResource(SourceInstaller sources, CurrentCaller caller) {
        this.sources = sources;
        this.caller = caller;
    }

    /** Where an operation can be looked at. */
    static String address(OperationId id) {
        return BASE + "/operations/" + id;
    }

    @GET
    @Path("{operation_id}")
    @Allowed(
            value = {Role.VIEWER, Role.INSTALLER},
            reach = Allowed.Reach.ANY_KEY)
    @Operation(
            summary = "Look at an operation",
            description =
                    "How far the service is with bringing a package, and what became of it. Kept for a week after its end. A key that"
                            + " is limited to plugins sees those it has begun.")
    public Uni<OperationView> get(@PathParam("operation_id") String id) {
        Caller by = caller.get();
        OperationId operation = OperationId.parse(id).orElseThrow(() -> notFound(id));
        return sources.find(by.actor().tenant(), operation)
                .map(found -> found.filter(known -> !by.isLimitedToPlugins()
                                || known.startedBy().equals(by.actor().name()))
                        .map(OperationView::of)
                        .orElseThrow(() -> notFound(id)));
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND,
                "There is no operation " + GuestText.quote(id) + "; one is kept for a week after its end.");
    }
}
