package org.storysign.plugins.platform;

import java.util.concurrent.Callable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.HostCall;

/** What a platform function knows of the call it serves. Identity comes from here; nothing the guest says can change it. */
public record PlatformCall(HostCall host, PlatformTerms terms) {

    public CallContext context() {
        return host.context();
    }

    /** Refuses the call with {@code permission-denied} unless the permission was granted. */
    public void require(PermissionName permission) {
        if (!terms.grants().allows(permission)) {
            throw denied("needs permission `" + permission.publicName() + "`, which the plugin was not granted");
        }
    }

    /** Waits for the outside; see {@link HostCall#waiting}. {@code work} fails with unchecked exceptions only. */
    public <T> T waiting(Callable<T> work) {
        try {
            return host.waiting(work);
        } catch (RuntimeException stopped) {
            throw stopped;
        } catch (Exception fault) {
            throw new IllegalStateException("a platform service failed with a checked exception", fault);
        }
    }

    static ProblemException denied(String detail) {
        return new ProblemException(ProblemCode.PERMISSION_DENIED, detail);
    }
}
