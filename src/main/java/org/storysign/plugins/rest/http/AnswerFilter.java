package org.storysign.plugins.rest.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Puts on every answer what belongs on every answer: the trace, and that neither caches nor browsers do something clever with it. */
@ApplicationScoped
public class AnswerFilter {

    /** The header that says what a browser may do with an answer. */
    public static final String POLICY = "Content-Security-Policy";

    private static final String TRACE_ID = "Trace-Id";

    private final Exchange exchange;

    @Inject
    public AnswerFilter(Exchange exchange) {
        this.exchange = exchange;
    }

    @ServerResponseFilter
    public void complete(ContainerResponseContext answer) {
        MultivaluedMap<String, Object> headers = answer.getHeaders();
        headers.putSingle(TRACE_ID, exchange.trace().value());
        headers.putSingle("X-Content-Type-Options", "nosniff");
        // Whatever an answer is, a browser that is led to it runs nothing of it.
        if (!headers.containsKey(POLICY)) {
            headers.putSingle(POLICY, "sandbox; default-src 'none'");
        }
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            // What has an ETag may be kept if it is asked about each time; nothing else may be kept.
            headers.putSingle(
                    HttpHeaders.CACHE_CONTROL,
                    headers.containsKey(HttpHeaders.ETAG) ? "private, no-cache" : "no-store");
        }
    }
}
