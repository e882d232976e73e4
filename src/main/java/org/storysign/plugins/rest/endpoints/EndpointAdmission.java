package org.storysign.plugins.rest.endpoints;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.storysign.plugins.endpoint.EndpointCaller;
import org.storysign.plugins.endpoint.EndpointRoute;
import org.storysign.plugins.endpoint.PublicRate;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.EndpointDeclaration;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.PluginStore;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.ProblemMapper;
import org.storysign.plugins.security.AccessFilter;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.Credentials;
import org.storysign.plugins.security.CurrentCaller;
import org.storysign.plugins.security.UserToken;

/**
 * Lets in the call of an endpoint by what the endpoint's {@code auth} says, after the key was checked and before the body is taken in.
 * Who comes without a key reaches public endpoints only, of the tenant the request names (else {@code default}), and is told of
 * everything else the same: that it needs a key.
 */
@ApplicationScoped
class EndpointAdmission {

    private static final String PLACE = "/endpoints/";

    private final EndpointCaller endpoints;
    private final PluginStore plugins;
    private final PublicRate publicRate;
    private final CurrentCaller caller;
    private final CurrentVertxRequest exchange;
    private final AdmittedCall admitted;
    private final ProblemMapper problems;

    @Inject
    EndpointAdmission(
            EndpointCaller endpoints,
            PluginStore plugins,
            PublicRate publicRate,
            CurrentCaller caller,
            CurrentVertxRequest exchange,
            AdmittedCall admitted,
            ProblemMapper problems) {
        this.endpoints = endpoints;
        this.plugins = plugins;
        this.publicRate = publicRate;
        this.caller = caller;
        this.exchange = exchange;
        this.admitted = admitted;
        this.problems = problems;
    }

    /** Where a request is going, as far as its address tells. */
    private record Destination(TenantId tenant, PluginId plugin, String method, String path) {}

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    public Uni<Response> admit(ContainerRequestContext request, ResourceInfo resource) {
        if (resource.getResourceClass() != EndpointResource.class) {
            return Uni.createFrom().nullItem();
        }
        String id = request.getUriInfo().getPathParameters().getFirst(AccessFilter.PLUGIN_PARAMETER);
        Optional<Caller> by = caller.known();
        if (by.isEmpty()) {
            PluginId plugin = PluginId.parse(id).orElseThrow(EndpointAdmission::needsKey);
            return nobody(new Destination(namedTenant(request), plugin, request.getMethod(), path()), request);
        }
        Destination there =
                new Destination(by.get().actor().tenant(), PluginAddress.id(id), request.getMethod(), path());
        Optional<EnabledPlugin> serving = endpoints.find(there.tenant(), there.plugin());
        return serving.isPresent() ? somebody(by.get(), serving.get(), there, request) : notServing(there);
    }

    private Uni<Response> nobody(Destination there, ContainerRequestContext request) {
        EnabledPlugin plugin = endpoints.find(there.tenant(), there.plugin()).orElseThrow(EndpointAdmission::needsKey);
        EndpointRoute.Found found = route(plugin, there) instanceof EndpointRoute.Found route
                        && route.endpoint().auth() == EndpointDeclaration.Auth.PUBLIC
                ? route
                : refuse();
        publicRate.take(there.tenant(), there.plugin());
        return letIn(plugin, there, found, Optional.empty(), request);
    }

    private Uni<Response> somebody(
            Caller by, EnabledPlugin plugin, Destination there, ContainerRequestContext request) {
        return switch (route(plugin, there)) {
            case EndpointRoute.Found found -> {
                requireAuth(by, found.endpoint());
                if (found.endpoint().auth() == EndpointDeclaration.Auth.PUBLIC) {
                    publicRate.take(there.tenant(), there.plugin());
                }
                yield letIn(plugin, there, found, by.user(), request);
            }
            case EndpointRoute.OtherMethods other -> Uni.createFrom().item(otherMethods(there, other.methods()));
            case EndpointRoute.Nothing _ ->
                throw new ProblemException(
                        ProblemCode.NOT_FOUND, "Plugin `" + there.plugin() + "` has no endpoint at this path.");
        };
    }

    private Uni<Response> letIn(
            EnabledPlugin plugin,
            Destination there,
            EndpointRoute.Found found,
            Optional<UserToken> user,
            ContainerRequestContext request) {
        request.setProperty(
                LargestBody.PROPERTY, Math.toIntExact(plugin.limits().input().bytes()));
        admitted.set(
                new AdmittedCall.Call(there.tenant(), there.plugin(), found, there.path(), user.map(UserToken::user)));
        return Uni.createFrom().nullItem();
    }

    private static EndpointRoute route(EnabledPlugin plugin, Destination there) {
        return EndpointRoute.of(plugin.plugin().active().manifest().endpoints(), there.method(), there.path());
    }

    private static void requireAuth(Caller by, EndpointDeclaration endpoint) {
        boolean may = switch (endpoint.auth()) {
            case USER -> by.user().isPresent();
            case CALLER -> by.actor().has(Role.CALLER);
            case PUBLIC -> true;
        };
        if (!may) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    endpoint.auth() == EndpointDeclaration.Auth.USER
                            ? "This endpoint is for users: send a user token."
                            : "This endpoint is for the product: send a key of the role caller.");
        }
    }

    /** OPTIONS is told what there is; every other method that it is not among it. */
    private Response otherMethods(Destination there, List<String> methods) {
        List<String> all = new ArrayList<>(methods);
        all.add("OPTIONS");
        Response answer = there.method().equals("OPTIONS")
                ? Response.noContent().build()
                : problems.respond(new ProblemException(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "The endpoint answers " + String.join(", ", methods) + ", not " + there.method() + "."));
        return Response.fromResponse(answer)
                .header(HttpHeaders.ALLOW, String.join(", ", all))
                .build();
    }

    private Uni<Response> notServing(Destination there) {
        return plugins.find(there.tenant(), there.plugin()).map(found -> {
            if (found.isEmpty()) {
                throw PluginAddress.notFound(there.plugin());
            }
            throw new ProblemException(
                    ProblemCode.PLUGIN_NOT_ENABLED,
                    "The plugin `" + there.plugin() + "` is not enabled, so its endpoints do not answer.",
                    Map.of(FactKey.PLUGIN, there.plugin().value()));
        });
    }

    /** As it was sent: percent signs are the route's to read. */
    private String path() {
        String whole = exchange.getCurrent().normalizedPath();
        return whole.substring(whole.indexOf(PLACE, PluginAddress.BASE.length() + 1) + PLACE.length() - 1);
    }

    private static TenantId namedTenant(ContainerRequestContext request) {
        String named = request.getHeaderString(Credentials.TENANT_HEADER);
        try {
            return named == null ? TenantId.DEFAULT : new TenantId(named);
        } catch (IllegalArgumentException e) {
            throw needsKey();
        }
    }

    private static EndpointRoute.Found refuse() {
        throw needsKey();
    }

    private static ProblemException needsKey() {
        return new ProblemException(
                ProblemCode.UNAUTHENTICATED,
                "There is no public endpoint here; send a key or user token as `Authorization: Bearer …`.");
    }
}
