package org.storysign.plugins.plugin.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.plugin.webhook.WebhookOutbox.End;
import org.storysign.plugins.plugin.webhook.WebhookOutbox.State;
import org.storysign.plugins.plugin.webhook.WebhookOutbox.Taken;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.TrapException;
import org.storysign.plugins.secret.SealedSecret;
import org.storysign.plugins.secret.SecretCipher;

/**
 * Delivers what is due, a few at a time, on threads of its own. A delivery ends well when it is answered 2xx within ten seconds; else it is
 * tried again after a pause that grows from five seconds to twelve hours, {@value #ATTEMPTS} times in all, over three days.
 */
public final class WebhookSender {

    /** Then it is dead. */
    static final int ATTEMPTS = 10;

    private static final System.Logger LOG = System.getLogger(WebhookSender.class.getName());
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final MemorySize LARGEST_ANSWER = MemorySize.ofKiB(64);

    /** After the first attempt, the second and so on. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofHours(12));

    private final WebhookOutbox outbox;
    private final OutboundHttp network;
    private final SecretCipher cipher;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);

    public WebhookSender(WebhookOutbox outbox, OutboundHttp network, SecretCipher cipher, Clock clock) {
        this.outbox = outbox;
        this.network = network;
        this.cipher = cipher;
        this.clock = clock;
    }

    public void start() {
        Thread.ofPlatform().daemon().name("webhook-sender").start(this::run);
    }

    /** Takes no more. What is in hand another process, or the next start, delivers when its lease is over. */
    public void stop() {
        stopped.countDown();
    }

    private void run() {
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                try {
                    turn();
                } catch (RuntimeException unavailable) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            () -> "webhooks cannot be delivered: " + unavailable.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Delivers what is due now, some of each tenant; returns when all of that has been tried. */
    public void turn() {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("webhook-", 0).factory())) {
            for (TenantId tenant : outbox.tenants()) {
                outbox.take(tenant, AT_ONCE, LEASE).forEach(taken -> threads.execute(() -> deliver(taken)));
            }
        }
    }

    private void deliver(Taken taken) {
        End end;
        try {
            HttpAccess.Response answer = send(taken);
            end = answer.status() / 100 == 2
                    ? new End(State.DELIVERED, Optional.of(answer.status()), Optional.empty(), Duration.ZERO)
                    : failed(
                            taken,
                            Optional.of(answer.status()),
                            "it was answered " + answer.status() + ", expected 2xx");
        } catch (TrapException denied) {
            end = failed(taken, Optional.empty(), "the request " + denied.trap().message());
        } catch (ProblemException closed) {
            end = failed(taken, Optional.empty(), closed.detail());
        }
        try {
            outbox.settle(taken, end);
        } catch (RuntimeException unavailable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "a delivery is not settled and will be made again webhook=" + taken.webhook() + ": "
                            + unavailable.getMessage());
        }
    }

    private HttpAccess.Response send(Taken taken) {
        WebhookUrl url = new WebhookUrl(taken.url());
        WebhookSecret secret = secret(taken);
        Instant now = clock.instant();
        Map<String, String> headers = Map.of(
                "content-type", "application/json",
                "webhook-id", taken.messageId(),
                "webhook-timestamp", Long.toString(now.getEpochSecond()),
                "webhook-signature", secret.signature(taken.messageId(), now, taken.body()));
        Grants toItsHost = new Grants(Set.of(PermissionName.NETWORK_ACCESS), Set.of(url.host()), Set.of("POST"));
        HttpAccess.Request request = new HttpAccess.Request(
                "POST", url.value(), headers, taken.body().getBytes(StandardCharsets.UTF_8));
        return network.accessFor(toItsHost).send(request, LARGEST_ANSWER, PATIENCE);
    }

    private WebhookSecret secret(Taken taken) {
        SealedSecret sealed = SealedSecret.parse(taken.secret())
                .orElseThrow(
                        () -> new IllegalStateException("the database holds a webhook's secret that is not sealed"));
        byte[] clear = cipher.open(sealed, Webhook.place(taken.tenant(), taken.webhook()));
        return WebhookSecret.of(new String(clear, StandardCharsets.UTF_8));
    }

    private static End failed(Taken taken, Optional<Integer> status, String problem) {
        Duration pause = PAUSES.get(Math.min(taken.attempt(), PAUSES.size()) - 1);
        State state = taken.attempt() >= ATTEMPTS ? State.DEAD : State.WAITING;
        return new End(state, status, Optional.of(problem), pause);
    }
}
