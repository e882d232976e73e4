package org.storysign.plugins.platform.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** The way from here to a server: straight, or through the operator's proxy. */
interface Egress {

    Egress STRAIGHT = (socket, target, address, millis) -> socket.connect(
            new InetSocketAddress(address.orElseThrow(() -> new IOException("no address")), target.port()), millis);

    /**
     * Connects {@code socket}, so that what is written to it arrives at the target.
     *
     * @param address where the target is; empty when {@link #findsNames} is false
     * @param millis for connecting
     */
    void connect(Socket socket, HttpTarget target, Optional<InetAddress> address, int millis) throws IOException;

    /** Whether the service is to look up the target's name and check its addresses. */
    default boolean findsNames() {
        return true;
    }
}
