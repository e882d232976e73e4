package org.storysign.plugins.platform.ai;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request with a body of JSON and its answer, within a time and a size. Safe for concurrent use. */
final class Exchange implements AutoCloseable {

    /** Bytes of an answer. */
    static final long LARGEST_ANSWER = 4L << 20;

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** A status and the bytes that came with it. */
    record Answer(int status, byte[] body) {}

    /** How an exchange failed. */
    static final class Failed extends Exception {

        private static final long serialVersionUID = 1;

        private final boolean late;
        private final boolean arrived;

        private Failed(boolean late, boolean arrived, Throwable cause) {
            super(cause);
            this.late = late;
            this.arrived = arrived;
        }

        /** Whether its time was over. */
        boolean late() {
            return late;
        }

        /** Whether the request may have arrived. */
        boolean arrived() {
            return arrived;
        }
    }

    Answer post(Endpoint endpoint, String path, byte[] json, Duration timeout) throws Failed {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.at(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        endpoint.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Failed(true, true, e);
        } catch (ExecutionException e) {
            throw new Failed(false, !isUnreached(e.getCause()), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failed(false, true, e);
        }
    }

    private static boolean isUnreached(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || (cause instanceof IOException && cause.getCause() instanceof UnresolvedAddressException);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
