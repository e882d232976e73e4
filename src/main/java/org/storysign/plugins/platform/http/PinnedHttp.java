package org.storysign.plugins.platform.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.AllowedHost;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * One exchange with a server whose address was checked: the name is looked up once and the connection goes to that very address. One
 * deadline covers name, connection, request and answer: it closes the connection. Redirects are answers like others. Throws {@link
 * TrapException}. Safe for concurrent use.
 */
final class PinnedHttp implements AutoCloseable {

    private final NameLookup names;
    private final SSLSocketFactory tls;
    private final Egress egress;
    private final ScheduledExecutorService deadlines;

    PinnedHttp(NameLookup names, SSLSocketFactory tls, Egress egress) {
        this.names = names;
        this.tls = tls;
        this.egress = egress;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, work -> Thread.ofPlatform().daemon().name("http-deadlines").unstarted(work));
        executor.setRemoveOnCancelPolicy(true);
        this.deadlines = executor;
    }

    /**
     * A request and how much of an answer it may have.
     *
     * @param reachable which addresses it may go to; every one of the name's must be
     * @param received told the bytes of the body that have arrived, as they do
     */
    record Exchange(
            HttpTarget target,
            HttpAccess.Request request,
            byte[] head,
            MemorySize largestBody,
            Predicate<InetAddress> reachable,
            LongConsumer received) {}

    HttpAccess.Response send(Exchange exchange, Duration timeLeft) {
        long end = System.nanoTime() + timeLeft.toNanos();
        return answer(exchange, address(exchange, timeLeft), end);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    /** Empty when the way there finds it. */
    private Optional<InetAddress> address(Exchange exchange, Duration timeLeft) {
        HttpTarget target = exchange.target();
        if (egress.findsNames() || target.isLiteral()) {
            return Optional.of(resolve(target.host(), exchange.reachable(), timeLeft));
        }
        if (AllowedHost.parse(target.host()).isEmpty()) {
            throw new TrapException(new Trap.HttpDenied("called host `" + target.host() + "`, which is not public"));
        }
        return Optional.empty();
    }

    /** One of the name's addresses; every one of them must be reachable. Names are looked up once. */
    private InetAddress resolve(String host, Predicate<InetAddress> reachable, Duration timeLeft) {
        InetAddress[] addresses = lookedUp(host, timeLeft);
        if (addresses.length == 0 || !Arrays.stream(addresses).allMatch(reachable)) {
            throw new TrapException(
                    new Trap.HttpDenied("called host `" + host + "`, which leads to an address that is not public"));
        }
        return addresses[0];
    }

    private InetAddress[] lookedUp(String host, Duration timeLeft) {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(names.find(host));
            } catch (IOException | RuntimeException unknown) {
                answer.completeExceptionally(unknown);
            }
        });
        try {
            return answer.get(timeLeft.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException unknown) {
            throw failed("could not find host `" + host + "`");
        }
    }

    private HttpAccess.Response answer(Exchange exchange, Optional<InetAddress> address, long end) {
        HttpTarget target = exchange.target();
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            var deadline = deadlines.schedule(() -> closed(socket), end - System.nanoTime(), TimeUnit.NANOSECONDS);
            try {
                egress.connect(socket, target, address, millisUntil(end));
                return talk(target.secure() ? secured(socket, target) : socket, exchange);
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException broken) {
            throw failed("could not talk to `" + target.authority() + "`");
        }
    }

    private static HttpAccess.Response talk(Socket socket, Exchange exchange) throws IOException {
        OutputStream output = socket.getOutputStream();
        output.write(exchange.head());
        output.write(exchange.request().body());
        output.flush();
        return new ResponseReader(
                        new BufferedInputStream(socket.getInputStream()), exchange.largestBody(), exchange.received())
                .read(exchange.request().method());
    }

    /** The server must prove to be the host that was named, whatever address it has. */
    private SSLSocket secured(Socket socket, HttpTarget target) throws IOException {
        SSLSocket secure = (SSLSocket) tls.createSocket(socket, target.host(), target.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static int millisUntil(long end) {
        return (int) Math.clamp(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()), 1, Integer.MAX_VALUE);
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // The exchange that uses it ends either way.
        }
    }

    private static TrapException failed(String reason) {
        return new TrapException(new Trap.HttpFailed(reason));
    }
}
