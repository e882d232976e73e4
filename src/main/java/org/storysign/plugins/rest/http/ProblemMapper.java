package org.storysign.plugins.rest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * The one way out for faults: whatever was thrown leaves as {@code application/problem+json}, in our own words. What is no fault of
 * the request is logged with its trace and its cause, and told as {@code internal-error} without either.
 */
@ApplicationScoped
public class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private final ObjectMapper json;
    private final Exchange exchange;

    @Inject
    public ProblemMapper(ObjectMapper json, Exchange exchange) {
        this.json = json;
        this.exchange = exchange;
    }

    @ServerExceptionMapper({
        Throwable.class,
        ProblemException.class,
        WebApplicationException.class,
        NotFoundException.class,
        ValidationException.class,
        ConstraintViolationException.class,
        IllegalArgumentException.class
    })
    public Response map(Throwable thrown) {
        ProblemException fault = Faults.of(thrown);
        if (fault.code().status() >= 500) {
            log(fault, thrown);
        }
        return respond(fault);
    }

    /** The answer that tells a fault. */
    public Response respond(ProblemException fault) {
        Response.ResponseBuilder answer = Response.status(fault.code().status())
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(bytes(fault));
        Object retryAfter = fault.facts().get(FactKey.RETRY_AFTER);
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        if (fault.code() == ProblemCode.UNAUTHENTICATED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"storysign-plugins\"");
        }
        if (fault.code() == ProblemCode.REQUEST_TOO_LARGE) {
            // The rest of the body is still coming; nobody will read it.
            answer.header("Connection", "close");
        }
        return answer.build();
    }

    private byte[] bytes(ProblemException fault) {
        try {
            return json.writeValueAsBytes(ProblemDocument.of(fault, exchange.path(), exchange.trace()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem's facts are plain values", e);
        }
    }

    private void log(ProblemException fault, Throwable thrown) {
        if (fault.code() == ProblemCode.INTERNAL_ERROR) {
            LOG.errorf(
                    thrown,
                    "request failed method=%s path=%s trace=%s",
                    exchange.method(),
                    exchange.path(),
                    exchange.trace());
        } else {
            LOG.warnf(
                    "request refused code=%s method=%s path=%s trace=%s",
                    fault.code().code(), exchange.method(), exchange.path(), exchange.trace());
        }
    }
}
