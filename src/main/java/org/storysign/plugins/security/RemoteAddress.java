package org.storysign.plugins.security;

import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a request comes from, as far as it tells one sender from another. */
final class RemoteAddress {

    /** Bytes of an IPv6 address that say whose network it is; the rest is the sender's to choose. */
    private static final int NETWORK = 8;

    private RemoteAddress() {}

    /** An IPv4 address, or the network of an IPv6 one; {@code unknown} for what is neither. */
    static String of(@Nullable SocketAddress address) {
        if (address == null || address.hostAddress() == null) {
            return "unknown";
        }
        String host = address.hostAddress();
        int zone = host.indexOf('%');
        return of(zone < 0 ? host : host.substring(0, zone));
    }

    private static String of(String literal) {
        try {
            return InetAddress.ofLiteral(literal) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK)
                    : literal;
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }
}
