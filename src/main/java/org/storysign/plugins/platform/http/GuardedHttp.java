package org.storysign.plugins.platform.http;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * Outbound HTTP on the terms of a plugin's grants; see the package. One deadline covers name, connection, request and answer: it
 * closes the connection. Answers that redirect are refused. Safe for concurrent use.
 */
public final class GuardedHttp implements OutboundHttp, AutoCloseable {

    private final PinnedHttp http;
    private final Predicate<InetAddress> reachable;

    /** @param proxy which every request goes through */
    public GuardedHttp(Optional<EgressProxy> proxy) {
        this(
                InetAddress::getAllByName,
                PublicAddress::isPublic,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                proxy.<Egress>map(way -> way).orElse(Egress.STRAIGHT));
    }

    GuardedHttp(NameLookup names, Predicate<InetAddress> reachable, SSLSocketFactory tls, Egress egress) {
        this.http = new PinnedHttp(names, tls, egress);
        this.reachable = reachable;
    }

    @Override
    public HttpAccess accessFor(Grants grants) {
        if (!grants.allows(PermissionName.NETWORK_ACCESS)) {
            return HttpAccess.NONE;
        }
        AllowedHosts allowed = AllowedHosts.of(grants);
        return (request, largestBody, timeLeft) -> {
            HttpTarget target = allowed.admit(request);
            byte[] head = RequestText.of(target, request);
            return direct(http.send(
                    new PinnedHttp.Exchange(target, request, head, largestBody, reachable, arrived -> {}), timeLeft));
        };
    }

    private static HttpAccess.Response direct(HttpAccess.Response response) {
        if (response.status() / 100 == 3 && response.status() != 304) {
            throw new TrapException(new Trap.HttpDenied(
                    "was redirected (" + response.status() + "), expected an answer: redirects are not followed"));
        }
        return response;
    }

    @Override
    public void close() {
        http.close();
    }
}
