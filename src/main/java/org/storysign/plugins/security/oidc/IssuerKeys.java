package org.storysign.plugins.security.oidc;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * The keys an issuer publishes, as they were at most {@link #KEPT} ago. Asked again after {@link #FRESH} beside the requests, and for
 * an unknown key at once, but never within {@link #PAUSE} of the last time: made-up key ids cost the issuer nothing. One
 * download at a time. Safe for concurrent use; never blocks.
 */
final class IssuerKeys {

    static final Duration FRESH = Duration.ofMinutes(5);

    /** Longer, and a key that the issuer took back would count for as long as somebody keeps us from asking. */
    static final Duration KEPT = Duration.ofMinutes(15);

    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

    private final Supplier<List<PublicJsonWebKey>> download;
    private final Executor workers;
    private final Clock clock;

    private List<PublicJsonWebKey> keys = List.of();
    private Instant got = Instant.MIN;
    private Instant asked = Instant.MIN;
    private @Nullable CompletableFuture<List<PublicJsonWebKey>> running;

    /** @param download blocks, and fails with {@link KeyDownload.Failed} */
    IssuerKeys(Supplier<List<PublicJsonWebKey>> download, Executor workers, Clock clock) {
        this.download = download;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * The key of this id; without an id, the only key there is. Fails with {@code unauthenticated} when the issuer has none such,
     * {@code identity-provider-unavailable} when it cannot be asked.
     */
    synchronized Uni<PublicJsonWebKey> find(Optional<String> id) {
        Instant now = clock.instant();
        boolean mayAsk = running != null || !now.isBefore(after(asked, PAUSE));
        Optional<PublicJsonWebKey> known = now.isBefore(after(got, KEPT)) ? among(keys, id) : Optional.empty();
        if (known.isPresent()) {
            if (mayAsk && !now.isBefore(after(got, FRESH))) {
                ask(now);
            }
            return Uni.createFrom().item(known.get());
        }
        if (mayAsk) {
            // A copy: whoever stops waiting does not stop the others.
            CompletableFuture<List<PublicJsonWebKey>> waiting = ask(now).copy();
            return Uni.createFrom()
                    .completionStage(waiting)
                    .onFailure()
                    .transform(failure -> unavailable())
                    .map(found -> among(found, id).orElseThrow(IssuerKeys::unknown));
        }
        return Uni.createFrom().failure(got.isBefore(asked) ? unavailable() : unknown());
    }

    private CompletableFuture<List<PublicJsonWebKey>> ask(Instant now) {
        if (running != null) {
            return running;
        }
        asked = now;
        CompletableFuture<List<PublicJsonWebKey>> answer = new CompletableFuture<>();
        running = answer;
        workers.execute(() -> download(answer));
        return answer;
    }

    private void download(CompletableFuture<List<PublicJsonWebKey>> answer) {
        try {
            List<PublicJsonWebKey> found = download.get();
            done(Optional.of(found));
            answer.complete(found);
        } catch (RuntimeException e) {
            done(Optional.empty());
            LOG.warnf("identity provider does not tell its keys reason=%s", e.getMessage());
            answer.completeExceptionally(e);
        }
    }

    private synchronized void done(Optional<List<PublicJsonWebKey>> found) {
        running = null;
        found.ifPresent(fresh -> {
            keys = fresh;
            got = asked;
        });
    }

    private static Optional<PublicJsonWebKey> among(List<PublicJsonWebKey> keys, Optional<String> id) {
        if (id.isEmpty()) {
            return keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty();
        }
        return keys.stream().filter(key -> id.get().equals(key.getKeyId())).findFirst();
    }

    private static Instant after(Instant since, Duration time) {
        return since.equals(Instant.MIN) ? Instant.MIN : since.plus(time);
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemCode.UNAUTHENTICATED, "The token is signed with a key that its issuer does not publish.");
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE,
                "The issuer of the token cannot be asked for its keys now; API keys are not affected.",
                Map.of(FactKey.RETRY_AFTER, PAUSE.toSeconds()));
    }
}
