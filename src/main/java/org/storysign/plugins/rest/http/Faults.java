package org.storysign.plugins.rest.http;

import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

/** What was thrown, as a problem of the catalogue. Never takes over the words of an exception that is not ours. */
final class Faults {

    private static final Map<Integer, ProblemException> BY_STATUS = Map.of(
            400, fault(ProblemCode.REQUEST_INVALID, "A parameter or header of the request is not of its form."),
            401, fault(ProblemCode.UNAUTHENTICATED, "The request carries no valid key."),
            403, fault(ProblemCode.FORBIDDEN, "The key may not do this."),
            404, fault(ProblemCode.NOT_FOUND, "No operation has this address."),
            405,
                    fault(
                            ProblemCode.METHOD_NOT_ALLOWED,
                            "The address is there, but not for this method; OPTIONS tells which it answers."),
            406, fault(ProblemCode.NOT_ACCEPTABLE, "The header Accept excludes the types this operation answers with."),
            413, fault(ProblemCode.REQUEST_TOO_LARGE, "The request's body is larger than this operation takes."),
            415,
                    fault(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "The header Content-Type names no type this operation takes."));

    private static final ProblemException INTERNAL =
            fault(ProblemCode.INTERNAL_ERROR, "It was logged under the trace id; an operator can find it there.");

    private Faults() {}

    static ProblemException of(Throwable thrown) {
        return switch (unwrap(thrown)) {
            case ProblemException ours -> ours;
            case ConstraintViolationException violated -> violated(violated);
            case WebApplicationException framework -> framework(framework);
            default -> INTERNAL;
        };
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wraps = thrown instanceof CompletionException || thrown instanceof ExecutionException;
        return wraps && cause != null ? unwrap(cause) : thrown;
    }

    private static ProblemException framework(WebApplicationException thrown) {
        if (thrown.getCause() instanceof ProblemException ours) {
            return ours;
        }
        return BY_STATUS.getOrDefault(thrown.getResponse().getStatus(), INTERNAL);
    }

    private static ProblemException violated(ConstraintViolationException thrown) {
        List<Violation> violations = thrown.getConstraintViolations().stream()
                .map(violation -> new Violation("", String.valueOf(violation.getMessage())))
                .toList();
        return new ProblemException(
                ProblemCode.REQUEST_INVALID, "The request breaks a rule; see `errors`.", Map.of(), violations);
    }

    private static ProblemException fault(ProblemCode code, String detail) {
        return new ProblemException(code, detail);
    }
}
