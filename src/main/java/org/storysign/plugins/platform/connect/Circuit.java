package org.storysign.plugins.platform.connect;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.storysign.plugins.platform.PlatformService;

/** Repeats what may be repeated, and asks a service that fails no more for a while. Safe for concurrent use. */
final class Circuit {

    private static final System.Logger LOG = System.getLogger(Circuit.class.getName());

    private final PlatformService service;
    private final Guard guard;
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;

    Circuit(PlatformService service, CircuitTerms terms) {
        this.service = service;
        this.guard = Guard.create()
                .withDescription(service.publicName())
                .withRetry()
                .maxRetries(CircuitTerms.REPETITIONS)
                .delay(terms.pause().toMillis(), ChronoUnit.MILLIS)
                .jitter(terms.pause().toMillis() / 2, ChronoUnit.MILLIS)
                .whenException(Outage::isRepeatable)
                .withExponentialBackoff()
                .done()
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(terms.requests())
                .failureRatio(terms.failures())
                .delay(terms.open().toMillis(), ChronoUnit.MILLIS)
                .when(Outage::isSerious)
                .onStateChange(this::remember)
                .done()
                .build();
    }

    /** Fails with {@link CircuitBreakerOpenException}, without asking, while the circuit is open. */
    <T> T call(Callable<T> request, Class<T> type) throws Outage, CircuitBreakerOpenException {
        try {
            return guard.call(request, type);
        } catch (Outage | RuntimeException outage) {
            throw outage;
        } catch (Exception unforeseen) {
            throw new IllegalStateException("a request to a service failed with a checked exception", unforeseen);
        }
    }

    /** Whether nobody asks the service at the moment, or one request is to find out. */
    boolean isOpen() {
        return state != CircuitBreakerState.CLOSED;
    }

    private void remember(CircuitBreakerState next) {
        state = next;
        LOG.log(
                next == CircuitBreakerState.OPEN ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                "circuit of a connected service changed service={0} circuit={1}",
                service.publicName(),
                next);
    }
}
