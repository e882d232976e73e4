package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.Map;
import org.storysign.plugins.limits.MemorySize;

/** Port: what a guest can reach of the network. {@link #NONE} is the default everywhere. */
public interface HttpAccess {

    /** Nothing: a module that imports {@code http_request} is linked to a function that always denies. */
    HttpAccess NONE = (request, largestBody, timeLeft) -> {
        throw new TrapException(
                new Trap.HttpDenied("called " + org.storysign.plugins.problem.GuestText.quote(request.url())
                        + ", but the plugin was not granted `network:access`"));
    };

    /**
     * Sends a request and waits for the answer; 4xx and 5xx are answers. Throws {@link TrapException} with
     * {@link Trap.HttpDenied} or {@link Trap.HttpFailed}.
     *
     * @param largestBody bytes of the answer's body, after decoding
     * @param timeLeft the whole exchange must end within this
     */
    Response send(Request request, MemorySize largestBody, Duration timeLeft);

    /** A guest's request; everything in it is guest text. */
    record Request(String method, String url, Map<String, String> headers, byte[] body) {}

    /** The answer: status, headers with lower-case names, body. */
    record Response(int status, Map<String, String> headers, byte[] body) {}
}
