package org.storysign.plugins.platform.connect;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * A service of the product's, asked by its contract. Blocking; never for longer than it is told. Fails with {@code ProblemException}
 * {@code service-unavailable}, {@code service-timeout}, {@code service-busy} or {@code data-invalid}. Safe for concurrent use.
 */
final class ProductService {

    private static final System.Logger LOG = System.getLogger(ProductService.class.getName());

    /** Who could not answer within this is slow; who was given less time is not blamed for being late. */
    static final Duration FAIR = Duration.ofSeconds(1);

    private static final int FAULT = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final PlatformService which;
    private final Endpoint endpoint;
    private final Exchange exchange;
    private final CircuitTerms terms;
    private final Circuit circuit;
    private final AtomicReference<String> toldBreach = new AtomicReference<>("");

    ProductService(PlatformService which, Endpoint endpoint, Exchange exchange, CircuitTerms terms) {
        this.which = which;
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.terms = terms;
        this.circuit = new Circuit(which, terms);
    }

    /** What {@code reading} makes of the reply. */
    <T> T ask(Question question, Duration timeout, Function<Reply, T> reading) {
        Exchange.Answer answer = answer(question.request(), Deadline.in(timeout));
        try {
            return reading.apply(new Reply(which, answer));
        } catch (ContractBreach breach) {
            String place = GuestText.quote(String.valueOf(breach.getMessage()));
            tellOfBreach(place);
            throw unavailable(which, "answered something else than its contract says, at " + place);
        }
    }

    /** Somebody must mend it, so it is told; once for a place, until another is found. */
    private void tellOfBreach(String place) {
        if (!place.equals(toldBreach.getAndSet(place))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "answer of a connected service breaks its contract service={0} at={1}",
                    which.publicName(),
                    place);
        }
    }

    boolean isLeftAlone() {
        return circuit.isOpen();
    }

    static ProblemException unavailable(PlatformService service, String how) {
        return new ProblemException(
                ProblemCode.SERVICE_UNAVAILABLE, "the product's service for " + service.publicName() + " " + how);
    }

    private Exchange.Answer answer(Exchange.Request request, Deadline deadline) {
        try {
            return circuit.call(() -> attempt(request, deadline), Exchange.Answer.class);
        } catch (Outage outage) {
            throw outage.problem();
        } catch (CircuitBreakerOpenException open) {
            throw unavailable(which, "has failed too often and is left alone for a moment");
        }
    }

    private Exchange.Answer attempt(Exchange.Request request, Deadline deadline) throws Outage {
        Exchange.Answer answer;
        try {
            answer = exchange.send(endpoint, request, deadline.left());
        } catch (Exchange.Failed failed) {
            throw failed.late() ? late(deadline) : unreached(failed.reached(), deadline);
        }
        int status = answer.status();
        if (status >= FAULT) {
            boolean passing = status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT;
            throw new Outage(unavailable(which, "answered with status " + status), passing && isTime(deadline), true);
        }
        return answer;
    }

    private Outage late(Deadline deadline) {
        ProblemException problem = new ProblemException(
                ProblemCode.SERVICE_TIMEOUT,
                "the product's service for " + which.publicName() + " did not answer within "
                        + deadline.whole().toMillis() + " ms; a change asked for may or may not have been made");
        return new Outage(problem, false, deadline.whole().compareTo(FAIR) >= 0);
    }

    private Outage unreached(Exchange.Reached reached, Deadline deadline) {
        boolean begun = reached == Exchange.Reached.HEAD;
        return new Outage(
                unavailable(which, begun ? "did not answer to the end" : "could not be reached"),
                !begun && isTime(deadline),
                true);
    }

    private boolean isTime(Deadline deadline) {
        return deadline.left().compareTo(terms.longestPause()) > 0;
    }
}
