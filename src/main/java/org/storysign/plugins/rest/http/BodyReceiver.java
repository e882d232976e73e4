package org.storysign.plugins.rest.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Takes in one body. Used on the request's event loop. */
final class BodyReceiver implements ServerHttpRequest.ReadCallback {

    /** A body that has not arrived within this is given up. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final byte[] EMPTY = new byte[0];

    private final ResteasyReactiveRequestContext context;
    private final ServerHttpRequest request;
    private final int largest;
    private final BodyBudget budget;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private UniEmitter<? super byte[]> emitter = new NobodyWaits();
    private Runnable timer = () -> {};
    private long taken;
    private boolean ended;

    BodyReceiver(ResteasyReactiveRequestContext context, int largest, BodyBudget budget) {
        this.context = context;
        this.request = context.serverRequest();
        this.largest = largest;
        this.budget = budget;
    }

    /** The body. Fails with {@code request-too-large}, {@code overloaded}, or {@code request-invalid} when it does not arrive. */
    Uni<byte[]> receive() {
        requireDeclaredLength();
        return Uni.createFrom().emitter(waiting -> {
            emitter = waiting;
            context.registerCompletionCallback(thrown -> budget.giveBack(taken));
            if (request.isRequestEnded()) {
                request.resumeRequestInput();
                done();
                return;
            }
            timer = context.registerTimer(
                    PATIENCE.toMillis(),
                    () -> fail(
                            ProblemCode.REQUEST_INVALID,
                            "The body did not arrive within " + PATIENCE.toSeconds() + " s."));
            HttpServerRequest connection = context.unwrap(HttpServerRequest.class);
            connection.exceptionHandler(thrown -> fail(ProblemCode.REQUEST_INVALID, "The body ended early."));
            request.setReadListener(this);
            request.resumeRequestInput();
        });
    }

    private void requireDeclaredLength() {
        String declared = request.getRequestHeader("Content-Length");
        if (declared != null && declared.length() > 18 || declared != null && Long.parseLong(declared) > largest) {
            throw tooLarge();
        }
    }

    @Override
    public void data(ByteBuffer chunk) {
        if (ended) {
            return;
        }
        int length = chunk.remaining();
        if (length > largest - received.size()) {
            fail(tooLarge());
            return;
        }
        try {
            budget.take(length);
        } catch (ProblemException e) {
            fail(e);
            return;
        }
        taken += length;
        byte[] bytes = new byte[length];
        chunk.get(bytes);
        received.writeBytes(bytes);
    }

    @Override
    public void done() {
        if (end()) {
            byte[] bytes = received.size() == 0 ? EMPTY : received.toByteArray();
            context.setInputStream(new ByteArrayInputStream(bytes));
            emitter.complete(bytes);
        }
    }

    private void fail(ProblemCode code, String detail) {
        fail(new ProblemException(code, detail));
    }

    private void fail(ProblemException fault) {
        if (end()) {
            request.pauseRequestInput();
            emitter.fail(fault);
        }
    }

    private boolean end() {
        boolean first = !ended;
        ended = true;
        timer.run();
        return first;
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                ProblemCode.REQUEST_TOO_LARGE,
                "The body is larger than the " + new MemorySize(largest) + " this operation takes.",
                Map.of(FactKey.LIMIT, largest));
    }

    /** Stands in until somebody subscribes. */
    private static final class NobodyWaits implements UniEmitter<byte[]> {
        @Override
        public void complete(byte[] item) {}

        @Override
        public void fail(Throwable failure) {}

        @Override
        public UniEmitter<byte[]> onTermination(Runnable callback) {
            return this;
        }
    }
}
