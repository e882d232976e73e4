package org.storysign.plugins.rest.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Takes in a request's body, after the caller was let in, and no more of it than the resource method says. */
@ApplicationScoped
public class BodyFilter {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final BodyBudget budget;
    private final ReceivedBody body;
    private final CurrentVertxRequest current;

    @Inject
    public BodyFilter(BodyBudget budget, ReceivedBody body, CurrentVertxRequest current) {
        this.budget = budget;
        this.body = body;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.ENTITY_CODER)
    public Uni<Response> receive(ContainerRequestContext request, ResourceInfo resource) {
        if (WITHOUT_BODY.contains(request.getMethod())) {
            return Uni.createFrom().nullItem();
        }
        requireNoEncoding(request);
        int largest = Optional.ofNullable(resource.getResourceMethod().getAnnotation(LargestBody.class))
                        .map(LargestBody::kib)
                        .orElse(LargestBody.DEFAULT_KIB)
                << 10;
        if (request.getProperty(LargestBody.PROPERTY) instanceof Integer known) {
            largest = Math.min(largest, known);
        }
        String contentType = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return new BodyReceiver(current.getCurrent(), largest, budget).receive().map(bytes -> {
            body.set(bytes, contentType);
            return null;
        });
    }

    private static void requireNoEncoding(ContainerRequestContext request) {
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Bodies are taken as they are, without a Content-Encoding.");
        }
    }
}
