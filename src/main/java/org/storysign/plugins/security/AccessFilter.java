package org.storysign.plugins.security;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Lets a request reach its resource method, or refuses it. Runs after the router chose the method and before the body is read. */
@ApplicationScoped
public class AccessFilter {

    /** The name of the path parameter that says which plugin a method is about. */
    public static final String PLUGIN_PARAMETER = "plugin_id";

    private final KeyAuthenticator keys;
    private final TokenAuthenticator tokens;
    private final TenantAdmission tenants;
    private final RequestRates rates;
    private final CurrentVertxRequest exchange;
    private final CurrentCaller current;

    @Inject
    public AccessFilter(
            KeyAuthenticator keys,
            TokenAuthenticator tokens,
            TenantAdmission tenants,
            RequestRates rates,
            CurrentVertxRequest exchange,
            CurrentCaller current) {
        this.keys = keys;
        this.tokens = tokens;
        this.tenants = tenants;
        this.rates = rates;
        this.exchange = exchange;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public Uni<Response> check(ContainerRequestContext request, ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        if (method.isAnnotationPresent(Open.class)) {
            rates.takeAnonymous(address());
            return Uni.createFrom().nullItem();
        }
        Allowed allowed = method.getAnnotation(Allowed.class);
        if (allowed == null) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Nobody may call this.");
        }
        if (carriesNothing(request)) {
            rates.takeAnonymous(address());
            if (allowed.nobodyToo()) {
                return Uni.createFrom().nullItem();
            }
        }
        List<String> plugin = request.getUriInfo().getPathParameters().getOrDefault(PLUGIN_PARAMETER, List.of());
        return authenticate(credentials(request)).map(caller -> {
            rates.take(caller);
            requireRole(caller, allowed);
            requireReach(caller, allowed, plugin);
            current.set(caller);
            return null;
        });
    }

    private Uni<Caller> authenticate(Credentials credentials) {
        String address = address();
        KeySecret secret = credentials.secret();
        rates.requireFewFailures(address, secret);
        Uni<Caller> known = tokens.takes(secret) ? tokens.authenticate(credentials) : keys.authenticate(credentials);
        return known.flatMap(tenants::admit)
                .invoke(caller -> rates.succeeded(secret))
                .onFailure(AccessFilter::isUnauthenticated)
                .invoke(failure -> rates.failed(address));
    }

    private static boolean isUnauthenticated(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == ProblemCode.UNAUTHENTICATED;
    }

    private String address() {
        return RemoteAddress.of(exchange.getCurrent().request().remoteAddress());
    }

    private static boolean carriesNothing(ContainerRequestContext request) {
        return request.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                && request.getHeaderString(Credentials.KEY_HEADER) == null;
    }

    private static Credentials credentials(ContainerRequestContext request) {
        return Credentials.read(
                request.getHeaderString(HttpHeaders.AUTHORIZATION),
                request.getHeaderString(Credentials.KEY_HEADER),
                request.getHeaderString(Credentials.TENANT_HEADER));
    }

    private static void requireRole(Caller caller, Allowed allowed) {
        if (Arrays.stream(allowed.value()).noneMatch(caller.actor()::has)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "This needs the role "
                            + Arrays.stream(allowed.value())
                                    .map(Role::publicName)
                                    .collect(Collectors.joining(" or "))
                            + ", which the key does not have.");
        }
    }

    private static void requireReach(Caller caller, Allowed allowed, List<String> plugin) {
        if (!caller.isLimitedToPlugins()) {
            return;
        }
        boolean reached = plugin.isEmpty()
                ? allowed.reach() == Allowed.Reach.ANY_KEY
                : plugin.stream()
                        .allMatch(
                                id -> PluginId.parse(id).filter(caller::reaches).isPresent());
        if (!reached) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "The key is limited to certain plugins, and this is not about them.");
        }
    }
}
