package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** User tokens in a map, for tests. */
public final class InMemoryUserTokens implements UserTokenStore {

    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public InMemoryUserTokens(Clock clock) {
        this.clock = clock;
    }

    private record Kept(UserToken token, UserToken.Kind kind, Instant ends) {}

    @Override
    public Uni<Instant> keep(UserToken token, UserToken.Kind kind, String secretHash, Duration life) {
        Instant ends = clock.instant().plus(life);
        kept.put(secretHash, new Kept(token, kind, ends));
        return Uni.createFrom().item(ends);
    }

    @Override
    public Uni<Optional<UserToken>> find(String secretHash) {
        return Uni.createFrom().item(valid(kept.get(secretHash), UserToken.Kind.TOKEN));
    }

    @Override
    public Uni<Optional<UserToken>> take(String secretHash) {
        boolean ticket = valid(kept.get(secretHash), UserToken.Kind.TICKET).isPresent();
        return Uni.createFrom().item(ticket ? valid(kept.remove(secretHash), UserToken.Kind.TICKET) : Optional.empty());
    }

    private Optional<UserToken> valid(@Nullable Kept found, UserToken.Kind kind) {
        return Optional.ofNullable(found)
                .filter(each -> each.kind == kind && clock.instant().isBefore(each.ends))
                .map(Kept::token);
    }
}
