package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** {@code http_request} through the gate: counted, kept within its bulkhead and deadline, and reported as every other function. */
final class GatedHttp implements HttpAccess {

    private static final String FUNCTION = "http_request";

    private final HttpAccess network;
    private final PlatformTerms terms;
    private final Turnstile turnstile;
    private final GateListener listener;

    GatedHttp(HttpAccess network, PlatformTerms terms, Turnstile turnstile, GateListener listener) {
        this.network = network;
        this.terms = terms;
        this.turnstile = turnstile;
        this.listener = listener;
    }

    @Override
    public Response send(Request request, MemorySize largestBody, Duration timeLeft) {
        long begun = System.nanoTime();
        long end = begun
                + least(timeLeft, turnstile.longestWait(PlatformService.HTTP)).toNanos();
        try {
            Response response = counted(request, largestBody, end);
            answered(begun, Optional.empty());
            return response;
        } catch (TrapException stopped) {
            answered(begun, Optional.of(stopped.trap().code()));
            throw stopped;
        } catch (ProblemException refused) {
            answered(begun, Optional.of(refused.code()));
            throw new TrapException(trap(refused));
        }
    }

    /** A request that nothing was granted for costs nothing of the quota. */
    private Response counted(Request request, MemorySize largestBody, long end) {
        if (!terms.grants().allows(PermissionName.NETWORK_ACCESS)) {
            return network.send(request, largestBody, until(end));
        }
        turnstile.countInDay(terms, PlatformService.HTTP, question -> question.ask(until(end)));
        try {
            return turnstile.pass(
                    PlatformService.HTTP, until(end), () -> network.send(request, largestBody, until(end)));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception fault) {
            throw new IllegalStateException("HttpAccess failed with a checked exception", fault);
        }
    }

    private static Trap trap(ProblemException refused) {
        return refused.code() == ProblemCode.QUOTA_EXCEEDED
                ? new Trap.HttpDenied("made an HTTP request, but " + refused.detail())
                : new Trap.HttpFailed("made an HTTP request, but " + refused.detail());
    }

    private void answered(long begun, Optional<ProblemCode> refused) {
        listener.answered(new GateAnswer(
                terms.tenant(),
                terms.plugin(),
                PlatformService.HTTP,
                FUNCTION,
                refused,
                Duration.ofNanos(System.nanoTime() - begun)));
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
