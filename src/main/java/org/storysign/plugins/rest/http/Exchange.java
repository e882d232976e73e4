package org.storysign.plugins.rest.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.storysign.plugins.identity.TraceId;

/** The request at hand, where it is needed beside the resource: its path and its trace. */
@ApplicationScoped
public class Exchange {

    private static final String TRACE = "storysign.trace";
    private static final int LONGEST_PATH = 500;

    private final CurrentVertxRequest current;

    @Inject
    Exchange(CurrentVertxRequest current) {
        this.current = current;
    }

    /** The request's trace; the same for as long as the request lasts. */
    public TraceId trace() {
        RoutingContext routing = current.getCurrent();
        if (routing == null) {
            return TraceId.from(null);
        }
        TraceId known = routing.get(TRACE);
        if (known == null) {
            known = TraceId.from(routing.request().getHeader("traceparent"));
            routing.put(TRACE, known);
        }
        return known;
    }

    /** The path as it was sent, without the query, cut at 500 characters. */
    String path() {
        String path = request().map(HttpServerRequest::path).orElse("");
        return path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path;
    }

    String method() {
        return request().map(request -> request.method().name()).orElse("");
    }

    private Optional<HttpServerRequest> request() {
        return Optional.ofNullable(current.getCurrent()).map(RoutingContext::request);
    }
}
