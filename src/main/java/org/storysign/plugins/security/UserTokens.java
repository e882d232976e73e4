package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes user tokens and tickets. They are random and kept as hashes, so that every process knows them and none needs a signing key;
 * they end with the API key they were made with.
 */
@ApplicationScoped
public class UserTokens {

    public static final Duration LONGEST = Duration.ofHours(1);
    public static final Duration USUAL = Duration.ofMinutes(15);

    /** From asking for a ticket to opening the connection it is for. */
    public static final Duration TICKET = Duration.ofSeconds(30);

    private final UserTokenStore store;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public UserTokens(UserTokenStore store) {
        this.store = store;
    }

    /** A token or ticket and its secret, which nobody can get a second time. */
    public record Issued(UserToken token, KeySecret secret, Instant expiresAt) {}

    /** Makes a token. */
    public Uni<Issued> issue(UserToken token, Duration life) {
        return issue(token, UserToken.Kind.TOKEN, life);
    }

    /** Makes a ticket that stands for the token. */
    public Uni<Issued> ticket(UserToken token) {
        return issue(token, UserToken.Kind.TICKET, TICKET);
    }

    /** What a ticket stands for, once. */
    public Uni<Optional<UserToken>> redeem(KeySecret ticket) {
        return store.take(ticket.hash());
    }

    private Uni<Issued> issue(UserToken token, UserToken.Kind kind, Duration life) {
        KeySecret secret = KeySecret.generateForUser(random);
        return store.keep(token, kind, secret.hash(), life).map(ends -> new Issued(token, secret, ends));
    }
}
