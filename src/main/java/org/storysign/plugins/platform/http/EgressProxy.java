package org.storysign.plugins.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy that every outbound request goes through, by CONNECT, plain HTTP too. What is sent stays between the service and the target:
 * with https the proxy sees the address or name, the port and nothing else. Source: RFC 9110, 9.3.6.
 *
 * @param host where the proxy is; the operator's word, so not checked
 * @param names who finds the targets' addresses
 */
public record EgressProxy(String host, int port, Names names) implements Egress {

    /** Who finds the address of a name. */
    public enum Names {
        /** The service: it checks the address and tells the proxy that very one. */
        SERVICE,
        /** The proxy, which is told the name; keeping plugins from addresses that are not public is its task then. */
        PROXY
    }

    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):([1-9][0-9]{0,4})");
    private static final Pattern OPENED = Pattern.compile("HTTP/1\\.[01] 2[0-9]{2}(?: .*)?", Pattern.DOTALL);
    private static final int LARGEST_HEAD = 8_192;
    private static final int LARGEST_PORT = 65_535;

    /** Of text such as {@code proxy.internal:3128}; empty when it is no such thing. */
    public static Optional<EgressProxy> parse(String text, Names names) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > LARGEST_PORT) {
            return Optional.empty();
        }
        return Optional.of(new EgressProxy(parts.group(1), Integer.parseInt(parts.group(2)), names));
    }

    @Override
    public boolean findsNames() {
        return names == Names.SERVICE;
    }

    @Override
    public void connect(Socket socket, HttpTarget target, Optional<InetAddress> address, int millis)
            throws IOException {
        socket.connect(new InetSocketAddress(host, port), millis);
        String authority = address.map(EgressProxy::literal).orElse(target.host()) + ":" + target.port();
        String request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        String head = head(socket.getInputStream());
        if (!OPENED.matcher(head.substring(0, head.indexOf("\r\n"))).matches()) {
            throw new IOException("the proxy opened no way");
        }
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }

    /** Byte by byte: what follows the head belongs to the target. */
    private static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!(head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n"))) {
            int next = input.read();
            if (next < 0 || head.length() == LARGEST_HEAD) {
                throw new IOException("the proxy gave no answer");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
