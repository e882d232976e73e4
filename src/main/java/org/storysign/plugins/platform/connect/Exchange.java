package org.storysign.plugins.platform.connect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request to a service of the operator's and its answer, within a time and a size. Nothing is followed, repeated or remembered.
 * Safe for concurrent use.
 */
public final class Exchange implements AutoCloseable {

    /** Bytes of an answer. */
    public static final long LARGEST_ANSWER = 4L << 20;

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final AtomicReference<HttpClient> client = new AtomicReference<>(made());

    /**
     * What is asked.
     *
     * @param path below the endpoint, begins with a slash
     * @param headers beside the key
     * @param body empty for none
     */
    public record Request(String method, String path, Map<String, String> headers, byte[] body) {}

    /**
     * A status and the bytes that came with it.
     *
     * @param type the media type without its parameters, in small letters; empty when it is not said
     */
    public record Answer(int status, String type, byte[] body) {}

    /** How far a request came that got no whole answer. */
    public enum Reached {
        NOTHING,
        /** Perhaps: it was being sent, or had been. */
        SERVICE,
        /** The head of its answer came back. */
        HEAD
    }

    /** How an exchange failed. */
    public static final class Failed extends Exception {

        private static final long serialVersionUID = 1;

        private final boolean late;
        private final Reached reached;

        private Failed(boolean late, Reached reached, Throwable cause) {
            super(cause);
            this.late = late;
            this.reached = reached;
        }

        /** Whether its time was over. */
        public boolean late() {
            return late;
        }

        public Reached reached() {
            return reached;
        }
    }

    /** Blocks for at most {@code timeout}, from looking up the name to the last byte. */
    public Answer send(Endpoint endpoint, Request request, Duration timeout) throws Failed {
        AtomicBoolean head = new AtomicBoolean();
        HttpClient sending = client.get();
        CompletableFuture<HttpResponse<byte[]>> answer = sending.sendAsync(built(endpoint, request), info -> {
            head.set(true);
            return BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER)
                    .apply(info);
        });
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), type(response), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Failed(true, reached(head, null), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProtocolException) {
                replace(sending);
            }
            throw new Failed(false, reached(head, e.getCause()), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failed(false, reached(head, null), e);
        }
    }

    /**
     * The client leaves a connection open on which it could not read a head (JDK 25); it goes with the client, which serves those who
     * wait for it to the end.
     */
    private void replace(HttpClient leaking) {
        HttpClient fresh = made();
        (client.compareAndSet(leaking, fresh) ? leaking : fresh).shutdown();
    }

    private static HttpClient made() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static HttpRequest built(Endpoint endpoint, Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint.at(request.path()))
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(builder::header);
        endpoint.key().ifPresent(key -> builder.header("Authorization", "Bearer " + key));
        return builder.build();
    }

    private static String type(HttpResponse<?> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static Reached reached(AtomicBoolean head, @Nullable Throwable cause) {
        if (head.get()) {
            return Reached.HEAD;
        }
        boolean nothing = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || (cause instanceof IOException && cause.getCause() instanceof UnresolvedAddressException);
        return nothing ? Reached.NOTHING : Reached.SERVICE;
    }

    @Override
    public void close() {
        client.get().shutdownNow();
    }
}
