package org.storysign.plugins.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** A request's first lines as they are sent. Headers that decide where it goes and where it ends are ours; a guest's are left out. */
final class RequestText {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\t -~]{0,8192}");
    private static final int MOST_HEADERS = 64;

    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization");

    private RequestText() {}

    /** Throws {@link TrapException} with {@link Trap.HttpDenied} when a header is not plain text. */
    static byte[] of(HttpTarget target, HttpAccess.Request request) {
        StringBuilder text = new StringBuilder();
        text.append(request.method()).append(' ').append(target.path()).append(" HTTP/1.1\r\n");
        text.append("Host: ").append(target.authority()).append("\r\n");
        text.append("Connection: close\r\nAccept-Encoding: identity\r\n");
        if (request.body().length > 0 || !Set.of("GET", "HEAD", "DELETE").contains(request.method())) {
            text.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        if (request.headers().size() > MOST_HEADERS) {
            throw new TrapException(new Trap.HttpDenied(
                    "sent " + request.headers().size() + " headers, expected at most " + MOST_HEADERS));
        }
        request.headers().entrySet().stream()
                .filter(header -> !OURS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .sorted(Map.Entry.comparingByKey())
                .forEach(header -> append(text, header.getKey(), header.getValue()));
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void append(StringBuilder text, String name, String value) {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new TrapException(new Trap.HttpDenied(
                    "sent header " + GuestText.quote(name) + ", whose name or value is not plain text"));
        }
        text.append(name).append(": ").append(value).append("\r\n");
    }
}
