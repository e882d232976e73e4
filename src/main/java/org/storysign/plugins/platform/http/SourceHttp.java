package org.storysign.plugins.platform.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLSocketFactory;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * Fetches packages from servers that an operator listed, with the same care as a plugin's requests: every name is looked up once, and
 * no address that is not public is asked unless its server may have one. A redirect is followed to listed servers only, and without
 * the request's credentials. Blocks. Safe for concurrent use.
 */
public final class SourceHttp implements AutoCloseable {

    /** Servers of files and blobs redirect once, to where they are kept. */
    static final int MOST_REDIRECTS = 3;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final SourceHosts hosts;
    private final PinnedHttp http;

    /** @param proxy which every request goes through */
    public SourceHttp(Optional<EgressProxy> proxy, SourceHosts hosts) {
        this(
                hosts,
                new PinnedHttp(
                        InetAddress::getAllByName,
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        proxy.<Egress>map(way -> way).orElse(Egress.STRAIGHT)));
    }

    SourceHttp(SourceHosts hosts, PinnedHttp http) {
        this.hosts = hosts;
        this.http = http;
    }

    /**
     * What is asked for by GET.
     *
     * @param headers are sent to this server only
     * @param largest of the answer's body
     * @param received told the bytes that have arrived, as they do
     */
    public record Request(String url, Map<String, String> headers, MemorySize largest, LongConsumer received) {}

    /** An answer that is no redirect; header names are lower case. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** Fails with {@code source-refused} when it may not be asked. */
    public void require(String url) {
        target(url);
    }

    /**
     * Asks, and follows up to {@link #MOST_REDIRECTS} redirects, all within {@code timeLeft}. Fails with {@code source-refused} when
     * a server may not be asked, and {@code source-failed} when none answers.
     */
    public Answer get(Request request, Duration timeLeft) {
        long end = System.nanoTime() + timeLeft.toNanos();
        HttpTarget target = target(request.url());
        Map<String, String> headers = request.headers();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpAccess.Response response =
                    send(target, headers, request, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            if (!REDIRECTS.contains(response.status())) {
                return new Answer(response.status(), response.headers(), response.body());
            }
            HttpTarget next = redirected(target, response.headers().getOrDefault("location", ""));
            headers = next.authority().equals(target.authority()) && next.secure() == target.secure()
                    ? headers
                    : withoutCredentials(headers);
            target = next;
        }
        throw new ProblemException(
                ProblemCode.SOURCE_FAILED,
                "The source redirects more than " + MOST_REDIRECTS + " times: give the address it ends at.");
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpAccess.Response send(
            HttpTarget target, Map<String, String> headers, Request request, Duration timeLeft) {
        HttpAccess.Request asked = new HttpAccess.Request("GET", "", headers, new byte[0]);
        boolean inside = hosts.isInside(target.authority());
        try {
            return http.send(
                    new PinnedHttp.Exchange(
                            target,
                            asked,
                            RequestText.of(target, asked),
                            request.largest(),
                            address -> inside || PublicAddress.isPublic(address),
                            request.received()),
                    timeLeft);
        } catch (TrapException refused) {
            throw told(refused.trap());
        }
    }

    private static ProblemException told(Trap trap) {
        return switch (trap) {
            case Trap.HttpDenied denied ->
                refused("The service " + denied.reason()
                        + "; a server of the operator's own network stands in storysign.sources.private-hosts.");
            case Trap.HttpFailed failed ->
                new ProblemException(ProblemCode.SOURCE_FAILED, "The service " + failed.reason() + ".");
            default -> throw new IllegalStateException("HTTP ends in " + trap);
        };
    }

    private HttpTarget target(String url) {
        HttpTarget target = HttpTarget.parse(url)
                .orElseThrow(() -> refused(
                        GuestText.quote(url) + " is no plain https address of a named host, which is expected."));
        if (!hosts.lists(target.authority())) {
            throw refused(
                    "The server `" + target.authority()
                            + "` is not listed: an operator lists it in storysign.sources.hosts or storysign.sources.registries.");
        }
        if (!target.secure() && !hosts.isPlain(target.authority())) {
            throw refused(
                    "The server `" + target.authority()
                            + "` is to be asked by http, expected https: an operator lists it in storysign.sources.plain-hosts.");
        }
        return target;
    }

    private HttpTarget redirected(HttpTarget from, String location) {
        String url = location.startsWith("/") && !location.startsWith("//")
                ? (from.secure() ? "https://" : "http://") + from.authority() + location
                : location;
        HttpTarget next;
        try {
            next = target(url);
        } catch (ProblemException unlisted) {
            throw refused("The server `" + from.authority() + "` redirects. " + unlisted.detail());
        }
        if (from.secure() && !next.secure()) {
            throw refused("The server `" + from.authority() + "` redirects from https to http.");
        }
        return next;
    }

    private static Map<String, String> withoutCredentials(Map<String, String> headers) {
        Map<String, String> kept = new TreeMap<>(headers);
        kept.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).equals("authorization"));
        return kept;
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.SOURCE_REFUSED, why);
    }
}
