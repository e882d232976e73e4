package org.storysign.plugins.platform.http;

import java.util.Set;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * What a plugin may reach by its grants.
 *
 * @param hosts names, with a port where it is not the scheme's own
 * @param methods upper case
 */
record AllowedHosts(Set<String> hosts, Set<String> methods) {

    /** Methods that are for proxies and diagnosis, whatever is granted. */
    private static final Set<String> NEVER = Set.of("CONNECT", "TRACE");

    static AllowedHosts of(Grants grants) {
        return new AllowedHosts(grants.hosts(), grants.methods());
    }

    /** Where the request goes; throws {@link TrapException} with {@link Trap.HttpDenied}. */
    HttpTarget admit(HttpAccess.Request request) {
        HttpTarget target = HttpTarget.parse(request.url())
                .orElseThrow(() -> denied(
                        GuestText.quote(request.url()) + ", expected a plain http or https address of a named host"));
        if (!hosts.contains(target.authority())) {
            throw denied("host " + GuestText.quote(target.authority()) + ", which it was not granted");
        }
        if (!methods.contains(request.method()) || NEVER.contains(request.method())) {
            throw denied("`" + target.authority() + "` by " + GuestText.quote(request.method())
                    + ", which it was not granted");
        }
        return target;
    }

    private static TrapException denied(String what) {
        return new TrapException(new Trap.HttpDenied("called " + what));
    }
}
