package org.storysign.plugins.platform;

import java.time.Duration;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** {@code http_request} through the gate. What the gate refuses stops the guest, as its kits expect. */
final class GatedHttp implements HttpAccess {

    static final String FUNCTION = "http_request";

    private final HttpAccess network;
    private final Passage passage;

    GatedHttp(HttpAccess network, Passage passage) {
        this.network = network;
        this.passage = passage;
    }

    /** A request that nothing was granted for costs nothing of the quota. */
    @Override
    public Response send(Request request, MemorySize largestBody, Duration timeLeft) {
        boolean granted = passage.terms().grants().allows(PermissionName.NETWORK_ACCESS);
        try {
            return passage.told(() -> granted
                    ? passage.pass(timeLeft, left -> network.send(request, largestBody, left))
                    : network.send(request, largestBody, timeLeft));
        } catch (ProblemException refused) {
            throw new TrapException(trap(refused));
        }
    }

    private static Trap trap(ProblemException refused) {
        return refused.code() == ProblemCode.QUOTA_EXCEEDED
                ? new Trap.HttpDenied("made an HTTP request, but " + refused.detail())
                : new Trap.HttpFailed("made an HTTP request, but " + refused.detail());
    }
}
