package org.storysign.plugins.rest.administration;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.TenantPolicy;
import org.storysign.plugins.plugin.Tenants;
import org.storysign.plugins.plugin.Tenants.Listed;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** The platform's tenants and what each may do. What is changed of one is in that tenant's own audit trail. */
@Path(BASE + "/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tenants")
public class TenantsResource {

    private final Tenants tenants;
    private final PluginCatalog catalog;
    private final CurrentCaller caller;
    private final ReceivedBody body;

    @Inject
    public TenantsResource(Tenants tenants, PluginCatalog catalog, CurrentCaller caller, ReceivedBody body) {
        this.tenants = tenants;
        this.catalog = catalog;
        this.caller = caller;
        this.body = body;
    }

    @GET
    @Allowed(Role.ADMIN)
    @Operation(summary = "List tenants", description = "By name.")
    @APIResponse(
            responseCode = "200",
            description = "A page of tenants",
            content = @Content(schema = @Schema(implementation = TenantListView.class)))
    public Uni<Response> list(
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        return tenants.list(Pages.after(cursor), size + 1).map(found -> page(found, size, address));
    }

    private static Response page(List<Listed> found, int size, UriInfo address) {
        String next = Pages.next(found, size, tenant -> tenant.id().value());
        List<TenantListView.Entry> entries =
                Pages.page(found, size).stream().map(TenantListView.Entry::of).toList();
        return Pages.answer(new TenantListView(entries, next), next, address);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(summary = "Make a tenant", description = "With its policy; what is not said of that is as usual.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = TenantForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "The tenant",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    @APIResponse(responseCode = "409", description = "`tenant-exists`: it is there already")
    public Uni<Response> create() {
        Actor actor = caller.actor();
        return body.form(TenantForm.MEMBERS, TenantForm::read)
                .chain(wanted -> tenants.create(
                                wanted.id(),
                                wanted.policy(),
                                audit(actor, wanted.id(), AuditAction.TENANT_CREATE, wanted.policy()))
                        .chain(created ->
                                created ? find(wanted.id()) : Uni.createFrom().failure(exists(wanted.id()))))
                .map(tenant -> Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, BASE + "/tenants/" + tenant.id())
                        .header(HttpHeaders.ETAG, Revisions.etag(tenant.policy().revision()))
                        .entity(TenantView.of(tenant))
                        .build());
    }

    @GET
    @Path("{tenant}")
    @Allowed(Role.ADMIN)
    @Operation(summary = "Look at a tenant", description = "The ETag is its policy's revision.")
    @APIResponse(
            responseCode = "200",
            description = "The tenant",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    @APIResponse(responseCode = "304", description = "The client has this revision already")
    public Uni<Response> get(
            @PathParam("tenant") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return find(id(id))
                .map(tenant ->
                        Revisions.answer(TenantView.of(tenant), tenant.policy().revision(), ifNoneMatch));
    }

    @PUT
    @Path("{tenant}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Decide what a tenant may do",
            description =
                    "Replaces its whole policy. A plugin that serves with what is forbidden now ceases to serve until it is"
                            + " enabled with less. If-Match with the present ETag is required; \"0\" when nothing was ever decided.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = TenantPolicyForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The tenant under its new policy",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    public Uni<Response> put(
            @PathParam("tenant") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Actor actor = caller.actor();
        TenantId tenant = id(id);
        long revision = Revisions.required(ifMatch);
        return body.form(TenantPolicyForm.MEMBERS, fields -> TenantPolicyForm.read(fields, revision))
                .call(() -> find(tenant))
                .chain(policy ->
                        tenants.replace(tenant, policy, audit(actor, tenant, AuditAction.TENANT_POLICY_CHANGE, policy)))
                .map(replaced -> replaced.orElseThrow(Revisions::stale))
                .call(() -> catalog.refresh(tenant))
                .chain(() -> find(tenant))
                .map(changed -> Revisions.answer(
                        TenantView.of(changed), changed.policy().revision(), null));
    }

    private Uni<Tenants.Tenant> find(TenantId id) {
        return tenants.find(id).map(found -> found.orElseThrow(() -> notFound(id.value())));
    }

    private static TenantId id(String text) {
        return TenantForm.id(text).orElseThrow(() -> notFound(text));
    }

    private static AuditEntry audit(Actor actor, TenantId tenant, AuditAction action, TenantPolicy policy) {
        return new AuditEntry(
                new Actor(actor.name(), tenant, actor.roles()),
                action,
                "tenant:" + tenant,
                Map.of(
                        "usual_level", policy.usual().publicName(),
                        "loosest_level", policy.loosest().publicName(),
                        "never_granted",
                                policy.never().stream()
                                        .map(PermissionName::publicName)
                                        .sorted()
                                        .toList(),
                        "most_plugins",
                                policy.mostPlugins().isPresent()
                                        ? policy.mostPlugins().getAsInt()
                                        : "any"));
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(
                ProblemCode.TENANT_NOT_FOUND,
                "There is no tenant " + GuestText.quote(id) + "; POST " + BASE + "/tenants makes one.");
    }

    private static ProblemException exists(TenantId id) {
        return new ProblemException(
                ProblemCode.TENANT_EXISTS,
                "The tenant `" + id + "` is there already; PUT " + BASE + "/tenants/" + id + " changes its policy.");
    }
}
