package org.storysign.plugins.rest.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Takes in one body. Used on the request's event loop. */
final class BodyReceiver {

    /** A body that has not arrived within this is given up. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RoutingContext exchange;
    private final HttpServerRequest request;
    private final int largest;
    private final BodyBudget budget;
    /** Joined once, at the end: a growing array would hold a large body three times. */
    private final List<Buffer> received = new ArrayList<>();

    private int taken;
    private boolean ended;

    BodyReceiver(RoutingContext exchange, int largest, BodyBudget budget) {
        this.exchange = exchange;
        this.request = exchange.request();
        this.largest = largest;
        this.budget = budget;
    }

    /** The body. Fails with {@code request-too-large}, {@code overloaded}, or {@code request-invalid} when it does not arrive. */
    Uni<byte[]> receive() {
        requireDeclaredLength();
        exchange.addEndHandler(_ -> budget.giveBack(taken));
        return Uni.createFrom().emitter(emitter -> listen(emitter));
    }

    private void requireDeclaredLength() {
        String declared = request.getHeader("Content-Length");
        // More digits than a long has: the HTTP layer took it for a number, so it is a large one.
        if (declared != null && (declared.length() > 18 || Long.parseLong(declared) > largest)) {
            throw tooLarge();
        }
    }

    private void listen(UniEmitter<? super byte[]> emitter) {
        if (request.isEnded()) {
            emitter.complete(joined());
            return;
        }
        long timer = exchange.vertx().setTimer(PATIENCE.toMillis(), _ -> stop(emitter, neverCame()));
        emitter.onTermination(() -> exchange.vertx().cancelTimer(timer));
        request.exceptionHandler(_ -> stop(emitter, neverCame()));
        request.handler(chunk -> take(chunk, emitter));
        request.endHandler(_ -> {
            if (!ended) {
                ended = true;
                exchange.vertx().cancelTimer(timer);
                emitter.complete(joined());
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void take(Buffer chunk, UniEmitter<? super byte[]> emitter) {
        if (ended) {
            return;
        }
        if (chunk.length() > largest - taken) {
            stop(emitter, tooLarge());
            return;
        }
        try {
            budget.take(chunk.length());
        } catch (ProblemException full) {
            stop(emitter, full);
            return;
        }
        taken += chunk.length();
        received.add(chunk);
    }

    private byte[] joined() {
        byte[] body = new byte[taken];
        int at = 0;
        for (Buffer chunk : received) {
            chunk.getBytes(body, at);
            at += chunk.length();
        }
        received.clear();
        return body;
    }

    private void stop(UniEmitter<? super byte[]> emitter, ProblemException why) {
        if (!ended) {
            ended = true;
            request.pause();
            emitter.fail(why);
        }
    }

    private static ProblemException neverCame() {
        return new ProblemException(
                ProblemCode.REQUEST_INVALID,
                "The body ended early, or did not arrive within " + PATIENCE.toSeconds() + " s.");
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                ProblemCode.REQUEST_TOO_LARGE,
                "The body is larger than the " + new MemorySize(largest) + " this operation takes.",
                Map.of(FactKey.LIMIT, largest));
    }
}
