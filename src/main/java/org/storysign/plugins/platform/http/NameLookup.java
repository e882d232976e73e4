package org.storysign.plugins.platform.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds a name's addresses, at least one. */
@FunctionalInterface
interface NameLookup {
    InetAddress[] find(String host) throws UnknownHostException;
}
