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
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.AllowedHost;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * Outbound HTTP on the terms of a plugin's grants; see the package. One deadline covers name, connection, request and answer: it
 * closes the connection. Answers that redirect are refused. Safe for concurrent use.
 */
public final class GuardedHttp implements OutboundHttp, AutoCloseable {

    private final NameLookup names;
    private final Predicate<InetAddress> reachable;
    private final SSLSocketFactory tls;
    private final Egress egress;
    private final ScheduledExecutorService deadlines;

    /** @param proxy which every request goes through */
    public GuardedHttp(Optional<EgressProxy> proxy) {
        this(
                InetAddress::getAllByName,
                PublicAddress::isPublic,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                proxy.<Egress>map(way -> way).orElse(Egress.STRAIGHT));
    }

    GuardedHttp(NameLookup names, Predicate<InetAddress> reachable, SSLSocketFactory tls, Egress egress) {
        this.names = names;
        this.reachable = reachable;
        this.tls = tls;
        this.egress = egress;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, work -> Thread.ofPlatform().daemon().name("http-deadlines").unstarted(work));
        executor.setRemoveOnCancelPolicy(true);
        this.deadlines = executor;
    }

    @Override
    public HttpAccess accessFor(Grants grants) {
        if (!grants.allows(PermissionName.NETWORK_ACCESS)) {
            return HttpAccess.NONE;
        }
        AllowedHosts allowed = AllowedHosts.of(grants);
        return (request, largestBody, timeLeft) -> {
            HttpTarget target = allowed.admit(request);
            Exchange exchange = new Exchange(target, request, RequestText.of(target, request), largestBody);
            long end = System.nanoTime() + timeLeft.toNanos();
            return answer(exchange, address(target, timeLeft), end);
        };
    }

    private record Exchange(HttpTarget target, HttpAccess.Request request, byte[] head, MemorySize largestBody) {}

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    /** Empty when the way there finds it. */
    private Optional<InetAddress> address(HttpTarget target, Duration timeLeft) {
        if (egress.findsNames() || target.isLiteral()) {
            return Optional.of(resolve(target.host(), timeLeft));
        }
        if (AllowedHost.parse(target.host()).isEmpty()) {
            throw new TrapException(new Trap.HttpDenied("called host `" + target.host() + "`, which is not public"));
        }
        return Optional.empty();
    }

    /** One of the name's addresses; every one of them must be reachable for plugins. Names are looked up once. */
    private InetAddress resolve(String host, Duration timeLeft) {
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
        HttpAccess.Response response = new ResponseReader(
                        new BufferedInputStream(socket.getInputStream()), exchange.largestBody())
                .read(exchange.request().method());
        if (response.status() / 100 == 3 && response.status() != 304) {
            throw new TrapException(new Trap.HttpDenied(
                    "was redirected (" + response.status() + "), expected an answer: redirects are not followed"));
        }
        return response;
    }

    /** The server must prove to be the host the plugin named, whatever address it has. */
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
