package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.HostCall;

/** What a platform function knows of the call it serves. Identity comes from here; nothing the guest says can change it. */
public final class PlatformCall {

    private final HostCall host;
    private final PlatformTerms terms;
    private final PlatformService service;
    private final Turnstile turnstile;
    private final long begun = System.nanoTime();

    PlatformCall(HostCall host, PlatformTerms terms, PlatformService service, Turnstile turnstile) {
        this.host = host;
        this.terms = terms;
        this.service = service;
        this.turnstile = turnstile;
    }

    public HostCall host() {
        return host;
    }

    public PlatformTerms terms() {
        return terms;
    }

    public CallContext context() {
        return host.context();
    }

    /** Refuses the call with {@code permission-denied} unless the permission was granted. */
    public void require(PermissionName permission) {
        if (!terms.grants().allows(permission)) {
            throw denied("needs permission `" + permission.publicName() + "`, which the plugin was not granted");
        }
    }

    /**
     * How much longer this call may wait: what is left of its service's longest wait or of the guest's wait time, whichever is
     * less. What {@link #waiting} runs must end by then.
     */
    public Duration timeLeft() {
        Duration own = ownTimeLeft();
        Duration guests = host.waitTimeLeft();
        return own.compareTo(guests) <= 0 ? own : guests;
    }

    /**
     * Waits for the service where there is room for one more; see {@link HostCall#waiting}. {@code work} fails with unchecked
     * exceptions only. Fails with {@code service-busy} when there was no room in time, with {@code service-timeout} when the
     * service's longest wait passed before it answered.
     */
    public <T> T waiting(Callable<T> work) {
        return outside(() -> turnstile.pass(service, timeLeft(), work));
    }

    /** Counts this call; see {@link Turnstile}. */
    void count() {
        turnstile.countInCall(service, host.tally(service));
        turnstile.countInDay(terms, service, question -> outside(() -> question.ask(timeLeft())));
    }

    private <T> T outside(Callable<T> work) {
        try {
            return host.waiting(work);
        } catch (ProblemException refusal) {
            throw isLate(refusal) ? tooLate() : refusal;
        } catch (RuntimeException stopped) {
            throw stopped;
        } catch (Exception fault) {
            throw new IllegalStateException("a platform service failed with a checked exception", fault);
        }
    }

    /** What a service says when it was given up is that it did not answer; that it was slow tells more. */
    private boolean isLate(ProblemException refusal) {
        return refusal.code() == ProblemCode.DATABASE_UNAVAILABLE
                && ownTimeLeft().isZero();
    }

    private ProblemException tooLate() {
        return new ProblemException(
                ProblemCode.SERVICE_TIMEOUT,
                "service `" + service.publicName() + "` did not answer within "
                        + turnstile.longestWait(service).toMillis()
                        + " ms; a change asked for may or may not have been made");
    }

    private Duration ownTimeLeft() {
        Duration left = turnstile.longestWait(service).minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    static ProblemException denied(String detail) {
        return new ProblemException(ProblemCode.PERMISSION_DENIED, detail);
    }
}
