package org.storysign.plugins.plugin.webhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** Somebody who is told: answers with the status a test says, or not at all when that is 0. */
public final class Receiver implements OutboundHttp {

    private final List<HttpAccess.Request> received = Collections.synchronizedList(new ArrayList<>());
    private final List<Grants> terms = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 204;

    public void answers(int next) {
        status = next;
    }

    @Override
    public HttpAccess accessFor(Grants grants) {
        terms.add(grants);
        return (request, largestBody, timeLeft) -> {
            received.add(request);
            if (status == 0) {
                throw new TrapException(new Trap.HttpFailed("could not talk to `hooks.example.com`"));
            }
            return new HttpAccess.Response(status, Map.of(), new byte[0]);
        };
    }

    public List<HttpAccess.Request> received() {
        return List.copyOf(received);
    }

    public List<Grants> terms() {
        return List.copyOf(terms);
    }

    public static String body(HttpAccess.Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }
}
